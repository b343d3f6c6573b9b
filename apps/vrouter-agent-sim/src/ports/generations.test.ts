import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { refresh, refreshOrReplace } from '../profiles/contrail/ports/add-rules.ts';
import { TableDriver } from '../testing/table-driver.ts';

const A = samplePort(1);

test('marks that are too narrow look old at the sync that outgrows them, and the port goes at its deadline', () => {
  const driver = new TableDriver({ add: refresh, generationsTold: 2 ** 16 });
  driver.do({ kind: 'replace', generation: 2 ** 16 - 1, deadlines: [], entries: [] });
  driver.do({ kind: 'add', ports: [A] });
  expect(driver.port(A.id)?.generation).toBe(2 ** 16 - 1);
  driver.do({ kind: 'sync' });
  driver.do({ kind: 'add', ports: [A] });
  expect(driver.port(A.id)?.generation).toBe(0);
  driver.advance(59_999);
  expect(driver.port(A.id)).toBeDefined();
  driver.advance(1);
  expect(driver.port(A.id)).toBeUndefined();
});

test('a reload adds what it reads, in the generation of that moment, and saves nothing', () => {
  const driver = new TableDriver({ add: refreshOrReplace });
  driver.do({ kind: 'sync' });
  driver.batches.length = 0;
  driver.do({ kind: 'reload', ports: [A, samplePort(2, { 'link-state': 1 })] });
  expect(driver.batches.flat().filter((change) => change.kind === 'save')).toEqual([]);
  expect(driver.port(A.id)?.generation).toBe(1);
  expect(driver.port(samplePort(2).id)).toMatchObject({ linkState: 1 });
});

test('a known port only grows younger; another VM replaces it where the rule says so', () => {
  const other = samplePort(1, {
    'instance-id': samplePort(2)['instance-id'],
    'tx-vlan-id': 7,
    'link-state': 0,
  });
  for (const [add, vlan] of [
    [refresh, 100],
    [refreshOrReplace, 7],
  ] as const) {
    const driver = new TableDriver({ add });
    driver.do({ kind: 'add', ports: [A] });
    driver.do({ kind: 'disable', id: A.id });
    driver.do({ kind: 'enable', id: A.id });
    driver.do({ kind: 'sync' });
    driver.do({ kind: 'add', ports: [samplePort(1, { 'tx-vlan-id': 9, 'link-state': 0 })] });
    expect(driver.port(A.id)).toMatchObject({ generation: 1, linkState: 1, port: { 'tx-vlan-id': 100 } });
    driver.do({ kind: 'add', ports: [other] });
    expect(driver.port(A.id)).toMatchObject({ port: { 'tx-vlan-id': vlan } });
    expect(driver.store.ports.get(A.id)).toMatchObject({ linkState: 1, port: { 'tx-vlan-id': 100 } });
  }
});
