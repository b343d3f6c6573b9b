import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkIdOf, portIdOf } from './identity.ts';
import { MAC, NETWORK_ID, NETWORK_KEY, PORT_ID } from './testing/inventory.ts';

const VERSION_3 = /^[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('the id of a port is that of the original for its MAC', () => {
  expect(portIdOf(MAC)).toBe(PORT_ID);
});

test('the id of a network is that of the original for its key', () => {
  expect(networkIdOf(NETWORK_KEY)).toBe(NETWORK_ID);
});

test('ids do not change when asked for again', () => {
  expect(portIdOf(MAC)).toBe(portIdOf(MAC));
  expect(networkIdOf(NETWORK_KEY)).toBe(networkIdOf(NETWORK_KEY));
});

test('whatever a network is called, its id is a version 3 guid of its own', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: 'binary' }), { minLength: 2 }), (keys) => {
      const ids = keys.map(networkIdOf);
      for (const id of ids) expect(id).toMatch(VERSION_3);
      // Lone surrogates are all written as the same replacement character.
      expect(new Set(ids).size).toBe(new Set(keys.map((key) => key.toWellFormed())).size);
    }),
  );
});
