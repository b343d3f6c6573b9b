import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allotLabels, LABEL_MAX, NO_LABELS } from './labels.ts';

test('networks keep their labels, and a free label is not given again at once', () => {
  const first = allotLabels(NO_LABELS, new Set(['blue', 'green']));
  expect([...first.byNetwork]).toEqual([
    ['blue', 1],
    ['green', 2],
  ]);
  const second = allotLabels(first, new Set(['green', 'red']));
  expect([...second.byNetwork]).toEqual([
    ['green', 2],
    ['red', 3],
  ]);
});

test('after the last label the free ones are given again, and no more than there are', () => {
  const round = allotLabels({ byNetwork: new Map([['blue', 1]]), last: LABEL_MAX }, new Set(['blue', 'red']));
  expect(round.byNetwork.get('red')).toBe(2);
  const many = new Set(Array.from({ length: LABEL_MAX + 1 }, (_, n) => `network ${n}`));
  expect(() => allotLabels(NO_LABELS, many)).toThrow('expected at most 4094 networks');
});

test('labels are always different ones', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
  fc.assert(
    fc.property(fc.array(names, { maxLength: 20 }), (stories) => {
      let labels = { ...NO_LABELS, last: LABEL_MAX - 3 };
      for (const networks of stories) {
        labels = { ...allotLabels(labels, new Set(networks)) };
        expect([...labels.byNetwork.keys()].toSorted()).toEqual(networks.toSorted());
        expect(new Set(labels.byNetwork.values()).size).toBe(networks.length);
      }
    }),
  );
});
