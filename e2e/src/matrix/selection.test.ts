import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { allRows } from './rows.ts';
import { select } from './selection.ts';

const rows = allRows();

test('an empty selection is everything that is usual, in order', () => {
  const usual = rows.filter(
    ({ mode, profile, dataplane }) =>
      mode === 'standalone' && profile === 'blueprint' && dataplane === 'none',
  );
  expect(select(rows, {})).toEqual(usual);
});

test('another profile takes the place of the usual one', () => {
  const chosen = select(rows, { profile: 'tf' });
  expect(new Set(chosen.map(({ profile }) => profile))).toEqual(new Set(['tf']));
  expect(chosen.length).toBe(select(rows, {}).length);
});

test('every key narrows', () => {
  const chosen = select(rows, { only: [6, 7], inventory: 'file', lifecycle: 'link', variant: 'crash' });
  expect(chosen.map(({ scenario }) => scenario)).toEqual([6, 7]);
  expect(select(rows, { profile: 'unheard of' })).toEqual([]);
});

test('the shards of any selection cover each of its rows exactly once, evenly', () => {
  const scenarioNumber = fc.integer({ min: 1, max: 15 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(scenarioNumber, { minLength: 1 }),
      (count, only) => {
        const shards = Array.from({ length: count }, (_, part) =>
          select(rows, { only, shard: { index: part + 1, count } }),
        );
        const position = new Map(rows.map((row, index) => [row, index]));
        const dealt = shards.flat().sort((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0));
        expect(dealt).toEqual(select(rows, { only }));
        const sizes = shards.map((shard) => shard.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test('the first variants are one row of each scenario, inventory and lifecycle', () => {
  const chosen = select(rows, { firstVariant: true, inventory: 'file', lifecycle: 'link' });
  expect(chosen.map(({ scenario }) => scenario)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  expect(chosen.find(({ scenario }) => scenario === 12)?.variant).toBe('stop, agents first');
});
