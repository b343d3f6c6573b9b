import { expect, test } from 'vitest';
import { allRows } from './rows.ts';

/** Word for word from the blueprint. */
const TITLES = [
  'Plugin start with empty ports',
  'Plugin restart with empty ports',
  'Add port',
  'Delete port',
  'Plugin restart with active ports',
  'Vrouter stop (or crash) add one port, vrouter start',
  'Vrouter stop (or crash), delete one port, vrouter start',
  'Vrouter stop (or crash) add several ports, vrouter start',
  'Vrouter stop (or crash), delete several ports, vrouter start',
  'Plugin stop, add port , plugin start',
  'Plugin stop, delete port , plugin start',
  'vrouter and plugin stop, add port, vrouter and plugin start in any order',
  'vrouter and plugin stop, delete port, vrouter and plugin start in any order',
  'Add a second nw adapter to two of the VM, in a different network, and verify ping works.',
  'Delete these two second adapters.',
];

test("the scenarios are the blueprint's, in its order", () => {
  const titles = new Map(allRows().map(({ scenario, title }) => [scenario, title]));
  expect([...titles]).toEqual(TITLES.map((title, index) => [index + 1, title]));
});

test('each scenario runs with both inventories and both lifecycles', () => {
  for (const scenario of TITLES.keys()) {
    const rows = allRows().filter((row) => row.scenario === scenario + 1);
    const kinds = new Set(rows.map(({ inventory, lifecycle }) => `${inventory} ${lifecycle}`));
    expect([...kinds].sort()).toEqual(['file link', 'file power', 'vsphere link', 'vsphere power']);
  }
});

test('whatever may be stopped is also crashed, and starts come in both orders', () => {
  const variants = (scenario: number): readonly string[] => [
    ...new Set(allRows().flatMap((row) => (row.scenario === scenario ? [row.variant] : []))),
  ];
  for (const scenario of [2, 5, 6, 7, 8, 9, 10, 11]) {
    expect(variants(scenario)).toEqual(expect.arrayContaining(['stop', 'crash']));
  }
  for (const scenario of [12, 13]) {
    const orders = ['stop', 'crash'].flatMap((how) => [`${how}, agents first`, `${how}, plugin first`]);
    expect(variants(scenario)).toEqual(expect.arrayContaining(orders));
  }
});

test('no row is there twice', () => {
  const rows = allRows().map((row) => JSON.stringify(row));
  expect(new Set(rows).size).toBe(rows.length);
});
