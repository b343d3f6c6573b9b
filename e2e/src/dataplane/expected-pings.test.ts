import { expect, test } from 'vitest';
import { expectedPings } from './expected-pings.ts';
import type { Station } from './machines.ts';

const station = (vm: string, network = 'blue', device = 'eth0'): Station => ({
  vm,
  device,
  adapter: { mac: `mac of ${vm} ${device}`, network, ip: '10.0.1.1' },
});
const live = (...stations: readonly Station[]): ReadonlySet<string> =>
  new Set(stations.map(({ adapter }) => adapter.mac));
/** a and b on one host, c and d on another. */
const hostOf = (vm: string): string => ('ab'.includes(vm) ? 'one' : 'two');
const [a, b, c, d] = [station('a'), station('b'), station('c'), station('d')];

function words(liveMacs: ReadonlySet<string>, stations: readonly Station[]): readonly string[] {
  return expectedPings(liveMacs, stations, hostOf).map(
    ({ from, to, answered }) =>
      `${from.vm}.${from.device} ${answered ? 'reaches' : 'misses'} ${to.vm}.${to.device}`,
  );
}

test('all that live in a network reach each other', () => {
  expect(words(live(a, b, c), [a, b, c])).toEqual([
    'a.eth0 reaches b.eth0',
    'a.eth0 reaches c.eth0',
    'b.eth0 reaches c.eth0',
  ]);
});

test('one without a port reaches nobody on its host, and nobody on another host reaches it', () => {
  expect(words(live(a, c), [a, b, c])).toEqual([
    'a.eth0 reaches c.eth0',
    'b.eth0 misses a.eth0',
    'c.eth0 misses b.eth0',
  ]);
});

test('where nobody lives those without a port do not reach each other', () => {
  expect(words(live(), [a, b, d])).toEqual(['a.eth0 misses b.eth0', 'b.eth0 misses d.eth0']);
});

test('networks do not reach each other', () => {
  const green = station('a', 'green', 'eth1');
  expect(words(live(a, c, green), [a, c, green])).toEqual(['a.eth0 reaches c.eth0', 'a.eth1 misses c.eth0']);
});
