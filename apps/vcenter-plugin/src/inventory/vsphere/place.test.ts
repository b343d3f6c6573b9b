import { expect, test } from 'vitest';
import { placesIn } from './place.ts';
import { host, picture, places } from './testing/pictures.ts';

test.each([
  ['in a cluster', places, 'domain-c1', { cluster: 'C0', datacenter: 'DC0' }],
  [
    'outside clusters',
    [...places, { ref: 'domain-s1', kind: 'standalone', name: 'esx-1', parentRef: 'group-h1' } as const],
    'domain-s1',
    { datacenter: 'DC0' },
  ],
  [
    'with nothing visible between it and the only data centre',
    places.slice(0, 1),
    undefined,
    { datacenter: 'DC0' },
  ],
  [
    'somewhere in one of two data centres',
    [
      ...places.slice(0, 1),
      { ref: 'datacenter-2', kind: 'datacenter', name: 'DC1', parentRef: undefined } as const,
    ],
    undefined,
    {},
  ],
  [
    'whose parents go round in a circle',
    [{ ref: 'a', kind: 'folder', name: 'a', parentRef: 'a' } as const],
    'a',
    {},
  ],
])('a host %s', (_what, places, parentRef, expected) => {
  expect(placesIn(picture({ places }))({ ...host, parentRef })).toEqual(expected);
});
