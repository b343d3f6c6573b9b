import type { Station } from './machines.ts';

/** A ping, and whether it is to be answered. */
export interface ExpectedPing {
  readonly from: Station;
  readonly to: Station;
  readonly answered: boolean;
}

/**
 * What must reach whom, and what must not, when `liveMacs` are to have an enabled port. Answered: between all of them,
 * in one network. Unanswered: between an adapter without one and live ones of its network, on its own host and
 * on another; and across networks.
 */
export function expectedPings(
  liveMacs: ReadonlySet<string>,
  stations: readonly Station[],
  hostOf: (vm: string) => string | undefined,
): readonly ExpectedPing[] {
  const isLive = ({ adapter }: Station): boolean => liveMacs.has(adapter.mac);
  const live = stations.filter(isLive);
  const dead = stations.filter((station) => !isLive(station));
  const inNetwork = (network: string) => live.filter(({ adapter }) => adapter.network === network);
  return [
    ...live.flatMap((from, index) =>
      live
        .slice(index + 1)
        .filter((to) => to.adapter.network === from.adapter.network)
        .map((to) => ({ from, to, answered: true })),
    ),
    ...dead.flatMap((station) => {
      const others = inNetwork(station.adapter.network).filter(({ vm }) => vm !== station.vm);
      const near = others.find(({ vm }) => hostOf(vm) === hostOf(station.vm));
      const far = others.find(({ vm }) => hostOf(vm) !== hostOf(station.vm));
      // One asks, one is asked: a port that only sends or only receives would be found out, too.
      return [
        ...(near === undefined ? [] : [{ from: station, to: near, answered: false }]),
        ...(far === undefined ? [] : [{ from: far, to: station, answered: false }]),
        ...(others.length > 0 ? [] : betweenTheDead(station, dead)),
      ];
    }),
    ...live.flatMap((from) => acrossNetworks(from, live)),
  ];
}

/** When nobody is there to ask: the next one that is not. */
function betweenTheDead(from: Station, dead: readonly Station[]): readonly ExpectedPing[] {
  const to = dead
    .slice(dead.indexOf(from) + 1)
    .find(({ vm, adapter }) => vm !== from.vm && adapter.network === from.adapter.network);
  return to === undefined ? [] : [{ from, to, answered: false }];
}

/** A live one whose machine is in none of the asking machine's networks through this adapter's wire. */
function acrossNetworks(from: Station, live: readonly Station[]): readonly ExpectedPing[] {
  const networksOf = (vm: string) =>
    live.filter((each) => each.vm === vm).map(({ adapter }) => adapter.network);
  const to = live.find(({ vm }) => vm !== from.vm && !networksOf(vm).includes(from.adapter.network));
  return to === undefined ? [] : [{ from, to, answered: false }];
}
