import { ALL_LUCK, type Luck } from '@vrouter/vrouter-agent-sim/simulation';
import { GOOD_DISK_MS } from '../agent/simulated-agent.ts';
import { NO_NETWORK_FAULTS, type NetworkFaults } from '../world/link.ts';
import type { Station } from '../world/station.ts';
import type { World } from '../world/world.ts';
import { addForeign, flip, hasForeign, meddleAfterSync, replace, steal } from './meddling.ts';

/** Carries one step out; `number` chooses what it is about, and may be any. */
type Act = (world: World, number: number, faults: NetworkFaults) => void;

/** Longer than the plugin needs to see that nobody is there. */
const WIPE_MS = 15_000;
const SLOW_DISK_MS = 400;

const at = (act: (station: Station, number: number, world: World) => void): Act => {
  return (world, number) => {
    const station = world.stations[number % world.stations.length] as Station;
    world.trouble(station);
    act(station, number >> 3, world);
  };
};

const isReal = ({ agent }: Station): boolean => agent.kind.profile === 'tf';

/** What administrators do, and what a data centre does to itself. */
export const CHANGES = {
  'vm-create': (world, number) => world.vcenter.createVm(number),
  'vm-delete': (world, number) => world.vcenter.deleteVm(number),
  'vm-power': (world, number) => world.vcenter.power(number),
  'vm-move': (world, number) => world.vcenter.move(number),
  'vm-rename': (world, number) => world.vcenter.rename(number),
  'adapter-add': (world, number) => world.vcenter.plug(number),
  'adapter-remove': (world, number) => world.vcenter.unplug(number),
  'adapter-network': (world, number) => world.vcenter.rewire(number),
  'adapter-address': (world, number) => world.vcenter.readdress(number),
  'network-vlan': (world, number) => world.vcenter.retag(number),
  'adapter-connect': (world, number) => world.vcenter.connect(number),
  'power-flaps': (world, number) => {
    for (let count = 0; count < 6; count++)
      world.clock.schedule(count * (1 + (number % 700)), () => world.vcenter.power(number));
  },
} as const satisfies Record<string, Act>;

const BAD_NETWORK_MS = [1000, 10_000, 60_000, 200_000];
/** Most troubles end by themselves, some of them only when all is healed. */
const LASTING_MS = [300, 3000, 12_000, 30_000, 60_000, 90_000, 200_000, Infinity];

function later(world: World, number: number, end: () => void): void {
  const delayMs = LASTING_MS[(number >> 9) % LASTING_MS.length] ?? Infinity;
  if (delayMs === Infinity) return;
  world.clock.schedule(delayMs, () => {
    world.touchedAtMs = world.clock.now();
    end();
  });
}

/** A trouble at one station, with its end. */
const trouble = (
  begin: (station: Station, number: number, world: World) => void,
  end: (station: Station, world: World) => void,
): Act =>
  at((station, number, world) => {
    begin(station, number, world);
    later(world, number, () => {
      world.trouble(station);
      end(station, world);
    });
  });

const luckOf = (number: number): Luck =>
  ALL_LUCK[number % ALL_LUCK.length] ?? { namesKept: 'none', content: 'none' };
const start = ({ agent }: Station): void => agent.start();

/** The real agent neither flushes its files nor says when it cannot write them. Names of files stay: disks keep their order. */
function realDiskFails(station: Station, luck: Luck): Luck {
  if (!isReal(station)) return luck;
  station.model.diskFails();
  station.hasBadFiles = true;
  return { ...luck, namesKept: 'all' };
}
const open = ({ link }: Station): void => void (link.state = 'open');
const goodDisk = ({ agent }: Station): void => agent.setDisk(false, GOOD_DISK_MS);

export const FAULTS = {
  maintenance: (world, number) => {
    world.vcenter.maintenance(number, true);
    later(world, number, () => world.vcenter.maintenance(number, false));
  },
  'session-lost': (world, number) => {
    world.vcenter.loseSession();
    later(world, number, () => world.vcenter.openSession(0));
  },
  'session-back': (world) => world.vcenter.openSession(0),
  'permission-lost': (world, number) => {
    world.vcenter.openSession([0.4, 0.7, 1][number % 3] ?? 1);
    later(world, number, () => world.vcenter.openSession(0));
  },
  'operator-resync': at((station, _number, world) => world.askForSync(station)),
  'port-stolen': at((station, number, world) => meddleAfterSync(world, station, number, steal)),
  'port-flipped': at((station, number, world) => {
    if (!isReal(station)) meddleAfterSync(world, station, number, flip); // the real agent does not show link states
  }),
  'port-replaced': at((station, number, world) => {
    if (!isReal(station)) meddleAfterSync(world, station, number, replace); // the real agent takes no other record
  }),
  'port-foreign': at((station, number, world) => addForeign(world, station, number)),
  'operator-release': at((station, _number, world) => {
    station.rules.brake.release();
    world.plugin.core?.fleet.member(station.agent.name)?.worker?.releaseBrake();
  }),
  'plugin-kill': (world, number) => {
    world.plugin.kill();
    later(world, number, () => world.plugin.start());
  },
  'plugin-kill-at-save': (world, number) => {
    world.plugin.ledger.killAfterSaves = 1 + (number % 6);
  },
  'plugin-kill-at-request': (world, number) => {
    world.killAfterRequests = 1 + (number % 12);
  },
  'plugin-stop': (world, number) => {
    void world.plugin.stop(); // its end is told to the world
    later(world, number, () => world.plugin.start());
  },
  'plugin-start': (world) => world.plugin.start(),
  'plugin-pause': (world, number) => {
    world.troubleEverywhere();
    world.plugin.pause();
    world.clock.schedule(100 + (number % 20_000), () => {
      world.troubleEverywhere();
      world.plugin.resume();
    });
  },
  'ledger-full': (world) => {
    world.plugin.ledger.isFull = true;
    world.clock.schedule(20_000, () => {
      world.touchedAtMs = world.clock.now();
      world.plugin.ledger.isFull = false;
    });
  },
  'agent-kill': trouble(({ agent }) => agent.kill(), start),
  'agent-stop': trouble(({ agent }) => void agent.stop(), start), // its end is told to the world
  'agent-start': at(start),
  'agent-hang': trouble(
    ({ agent }) => agent.hang(),
    ({ agent }) => agent.resume(),
  ),
  'agent-gone': trouble(
    (station, _number, world) => world.setGone(station, true),
    (station, world) => world.setGone(station, false),
  ),
  'power-cut': trouble((station, number) => {
    station.agent.powerCut(realDiskFails(station, luckOf(number)));
  }, start),
  'power-cut-at-disk-call': trouble((station, number) => {
    station.agent.powerCutAt(1 + ((number >> 4) % 12), realDiskFails(station, luckOf(number)));
  }, start),
  'agent-wiped': at(({ agent }) => agent.wipe(WIPE_MS)),
  'disk-full': trouble((station) => {
    realDiskFails(station, luckOf(0));
    station.agent.setDisk(true, station.agent.diskDelayMsMax);
  }, goodDisk),
  'disk-error-at-call': trouble((station, number) => {
    // A real agent that could not take a file away has that port again after a restart, and keeps its record for good.
    if (!isReal(station)) station.agent.diskErrorAt(1 + ((number >> 4) % 12), 1 + (number % 2));
  }, goodDisk),
  'disk-slow': trouble(({ agent }) => agent.setDisk(agent.diskIsFull, SLOW_DISK_MS), goodDisk),
  'link-cut': trouble(({ link }) => void (link.state = 'cut'), open),
  'link-deaf': trouble(({ link }) => void (link.state = 'deaf'), open),
  'link-mute': trouble(({ link }) => void (link.state = 'mute'), open),
  'network-bad': (world, number, faults) => {
    const station = world.stations[number % world.stations.length] as Station;
    world.trouble(station);
    station.link.faults = faults;
    world.clock.schedule(BAD_NETWORK_MS[(number >> 9) % BAD_NETWORK_MS.length] ?? 0, () => {
      world.trouble(station);
      station.link.faults = NO_NETWORK_FAULTS;
    });
  },
} as const satisfies Record<string, Act>;

export type StepKind = keyof typeof CHANGES | keyof typeof FAULTS;

const ACTS: Readonly<Record<StepKind, Act>> = { ...CHANGES, ...FAULTS };

/** One thing that happens, so long after the one before. */
export interface Step {
  readonly afterMs: number;
  readonly kind: StepKind;
  readonly number: number;
}

export function act(world: World, { kind, number }: Step, faults: NetworkFaults): void {
  world.trace.line(`== ${kind} ${number}`);
  world.trace.visit(`step ${kind}`);
  world.touchedAtMs = world.clock.now();
  ACTS[kind](world, number, faults);
}

/** Everything works again, from this moment on. */
export function heal(world: World): void {
  world.trace.line('== heal');
  world.killAfterRequests = Infinity;
  world.plugin.ledger.killAfterSaves = Infinity;
  world.plugin.ledger.isFull = false;
  world.plugin.resume();
  for (const station of world.stations) {
    const { agent, link } = station;
    world.trouble(station);
    link.state = 'open';
    link.faults = NO_NETWORK_FAULTS;
    agent.setDisk(false, GOOD_DISK_MS);
    agent.resume();
    agent.start();
    world.setGone(station, false);
  }
  world.stations.forEach((_station, index) => world.vcenter.maintenance(index, false));
  world.vcenter.openSession(0);
  world.plugin.start();
  for (const station of world.stations)
    if (station.forgotSweep && hasForeign(station)) world.askForSync(station);
}
