import type { Step } from '../plan/steps.ts';
import { at, CROWD, LAST_VM, REST_MS, station, type Story } from './story.ts';

/** One disk call of the first agent fails. */
const diskErrorAt = (afterMs: number, call: number): Step =>
  station(afterMs, 'disk-error-at-call', 'seconds30', 0, (call - 1) << 4);

/** What was found later. A story's number is the seed of its run, so that new ones come last. */
export const LATER_STORIES: readonly Story[] = [
  ...[0, 1].map((round) => ({
    title: `another address, and the VM moves while the plugin is down (${round})`,
    steps: [
      at(REST_MS, 'plugin-kill-at-request', 0),
      at(5, 'adapter-address', 1 << 4),
      at(REST_MS, 'vm-move', 8),
      at(1000, 'plugin-start'),
      LAST_VM,
    ],
  })),
  ...[0, 8, 20].map((afterMs) => ({
    title: `a sync asked for while another one is under way, ${afterMs}`,
    steps: [at(REST_MS, 'operator-resync'), at(afterMs, 'operator-resync'), LAST_VM],
  })),
  {
    title: 'new VMs while the brake holds those that went',
    steps: [
      ...CROWD,
      ...Array.from({ length: 6 }, (_none, index) => at(index === 0 ? REST_MS : 0, 'vm-delete', 2)),
      ...[2, 6, 10].map((number) => at(5000, 'vm-create', number)),
      LAST_VM,
    ],
  },
  {
    title: 'a machine is replaced while the plugin stands still',
    steps: [at(REST_MS, 'plugin-pause', 19_000), at(100, 'agent-wiped'), LAST_VM],
  },
  {
    title: 'somebody takes a port away, and the look after the sweep hears nothing of it',
    faults: { unavailable: 1 },
    steps: [at(REST_MS, 'port-stolen'), at(60_500, 'network-bad'), LAST_VM],
  },
  {
    title: 'a network gets another VLAN',
    steps: [...CROWD, at(REST_MS, 'network-vlan', 1 << 4), at(REST_MS, 'network-vlan', 2 << 4)],
  },
  ...(['journal', 'file'] as const).flatMap((durability) =>
    [1, 2, 3, 4, 5, 6].map((call) => ({
      title: `disk call ${call} fails, ${durability}`,
      agent: { durability },
      steps: [
        ...CROWD,
        diskErrorAt(REST_MS, call),
        at(5, 'vm-create', 2),
        diskErrorAt(REST_MS, call),
        at(5, 'adapter-network', 1 << 4),
        diskErrorAt(REST_MS, call),
        at(5, 'vm-delete', 2),
        LAST_VM,
      ],
    })),
  ),
  // Unlike another network, the look after a sync does not show another address.
  ...[0, 1, 2, 3].map((round) => ({
    title: `another address and back, while the plugin is down in between (${round})`,
    steps: [
      at(REST_MS, 'adapter-address', 2 << 4),
      at(REST_MS, 'plugin-kill-at-request', 1),
      at(5, 'adapter-address', 1 << 4),
      at(3000, 'adapter-address', 2 << 4),
      at(1000, 'plugin-start'),
      LAST_VM,
    ],
  })),
  ...[100, 130].map((afterMs) => ({
    title: `a VM moves, and back with another address, ${afterMs}`,
    concurrencyMax: 1,
    steps: [
      at(REST_MS, 'adapter-add', 4),
      at(1000, 'adapter-add', 4),
      at(REST_MS, 'vm-move', 8),
      at(afterMs, 'adapter-address', 2 << 2),
      at(0, 'vm-move', 0),
      LAST_VM,
    ],
  })),
  {
    title: 'nothing says where an agent is, and a VM moves away from it, and another one comes to it',
    steps: [
      station(REST_MS, 'agent-gone', 'seconds30'),
      at(5000, 'vm-move', 8),
      at(100, 'vm-create', 2),
      LAST_VM,
    ],
  },
  {
    title: 'an agent is gone, and found again while a VM comes to it',
    steps: [at(REST_MS, 'vm-create', 2), station(40, 'agent-gone', 'ms300'), LAST_VM],
  },
  {
    title: 'another address for a port that could not be added',
    steps: [station(REST_MS, 'disk-full', 'seconds3'), at(5, 'vm-create', 2), at(500, 'adapter-address', 17)],
  },
  ...[0, 1].map((round) => ({
    title: `an agent is gone while it keeps a port for another that does not take it (${round})`,
    steps: [
      station(REST_MS, 'disk-full', 'seconds30', 1),
      at(5, 'vm-move', 8),
      station(1000, 'agent-gone', 'seconds30', 0),
      LAST_VM,
    ],
  })),
  // In any order: some of these numbers have an add come last.
  ...Array.from({ length: 12 }, (_none, round) => ({
    title: `VMs come and go while an agent hangs for long (${round})`,
    steps: [
      station(REST_MS, 'agent-hang', 'forEver'),
      ...[2, 6, 10, 14, 18].map((number) => at(5, 'vm-create', number)),
      ...[1, 1, 1, 1, 1].map((number, index) => at(index === 0 ? 300_000 : 5, 'vm-delete', number)),
      at(300_000, 'vm-rename'),
    ],
  })),
];
