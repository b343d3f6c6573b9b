import { expect, test } from 'vitest';
import { nameBasedId } from './name-based-id.ts';

test('an id is that of RFC 9562, as others compute it', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  expect(nameBasedId(dns, 'www.example.com')).toBe('5df41881-3aed-3515-88a7-2f4a814cf09e');
  expect(nameBasedId(dns, '00:50:56:bf:7d:a1')).toBe('fe71b44d-0654-36aa-9841-ab9b78d628c5');
});
