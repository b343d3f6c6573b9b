import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loopbackAddress } from './loopback.ts';

test('only Linux has more than one loopback address', () => {
  expect(loopbackAddress(2, { platform: 'darwin', pid: 1 })).toBe('127.0.0.1');
});

test('every agent of every lab has a valid address, which it shares with no other of that lab', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 22 }), (pid) => {
      const [first, second] = [1, 2].map((number) => loopbackAddress(number, { platform: 'linux', pid }));
      expect(first).not.toBe(second);
      const bytes = (first ?? '').split('.').map(Number);
      expect(bytes).toHaveLength(4);
      expect(bytes[0]).toBe(127);
      expect(bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)).toBe(true);
      expect(first).not.toBe('127.0.0.1');
    }),
  );
});
