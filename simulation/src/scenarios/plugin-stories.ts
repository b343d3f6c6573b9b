import {
  anywhere,
  at,
  CROWD,
  crowdMoves,
  LAST_VM,
  REST_MS,
  station,
  UNTIL_STARTED,
  type Story,
} from './story.ts';

/** What promises of the plugin's sync, retries and brake hang on. */
export const PLUGIN_STORIES: readonly Story[] = [
  {
    title: 'a sync whose answers are lost',
    steps: [station(REST_MS, 'link-mute', 'seconds200'), at(100, 'operator-resync'), LAST_VM],
  },
  {
    title: 'no inventory any more before the first sync',
    steps: [
      at(REST_MS, 'plugin-kill', UNTIL_STARTED),
      station(0, 'agent-stop', 'forEver'),
      at(1000, 'plugin-start'),
      anywhere(2000, 'session-lost', 'seconds200'),
      at(5000, 'agent-start'),
      LAST_VM,
    ],
  },
  {
    title: 'a sync asked for without an inventory',
    steps: [anywhere(REST_MS, 'session-lost', 'seconds30'), at(1000, 'operator-resync'), LAST_VM],
  },
  {
    title: 'a sync asked for while most VMs are hidden',
    steps: [
      ...CROWD,
      anywhere(REST_MS, 'permission-lost', 'seconds30', 1),
      at(2000, 'operator-resync'),
      LAST_VM,
    ],
  },
  {
    title: 'most VMs are hidden for long, and then go',
    steps: [...CROWD, anywhere(REST_MS, 'permission-lost', 'forEver', 1), LAST_VM],
  },
  {
    title: 'an operator lets go what the brake holds',
    steps: [
      ...CROWD,
      anywhere(REST_MS, 'permission-lost', 'forEver', 1),
      at(2000, 'operator-release'),
      LAST_VM,
    ],
  },
  {
    title: 'many VMs move at once',
    steps: [...CROWD, ...crowdMoves(REST_MS), LAST_VM],
  },
  {
    title: 'many VMs move while the plugin is down',
    steps: [...CROWD, anywhere(REST_MS, 'plugin-kill', 'seconds12'), ...crowdMoves(1), LAST_VM],
  },
  { title: 'a machine is replaced', steps: [at(REST_MS, 'agent-wiped'), LAST_VM] },
  {
    title: 'a machine is replaced during a replay',
    steps: [at(REST_MS, 'operator-resync'), at(15, 'agent-wiped'), LAST_VM],
  },
  {
    title: 'a VM goes while its agent is cut off',
    steps: [station(REST_MS, 'link-cut', 'seconds30'), at(100, 'vm-delete'), LAST_VM],
  },
  {
    title: 'a VM goes and the answer is lost',
    steps: [station(REST_MS, 'link-mute', 'seconds3'), at(100, 'vm-delete'), LAST_VM],
  },
  {
    title: 'a VM is switched off and the answer is lost',
    steps: [
      station(REST_MS, 'link-mute', 'seconds3'),
      at(100, 'adapter-connect'),
      at(5500, 'adapter-connect'),
      LAST_VM,
    ],
  },
  {
    title: 'another network, and the plugin dies in between',
    steps: [
      at(REST_MS, 'plugin-kill-at-request', 0),
      at(5, 'adapter-network', 1 << 4),
      at(5000, 'plugin-start'),
      at(REST_MS, 'adapter-network', 0),
      LAST_VM,
    ],
  },
  {
    title: 'a VM goes, and the plugin dies in between',
    steps: [at(REST_MS, 'plugin-kill-at-request', 0), at(5, 'vm-delete'), at(5000, 'plugin-start'), LAST_VM],
  },
  {
    title: 'a VM comes, and the plugin dies in between',
    steps: [
      at(REST_MS, 'plugin-kill-at-request', 0),
      at(5, 'vm-create', 2),
      at(500, 'vm-delete', 2),
      at(5000, 'plugin-start'),
      LAST_VM,
    ],
  },
  {
    title: 'an agent hangs while VMs come and go',
    steps: [
      station(REST_MS, 'agent-hang', 'seconds30'),
      at(5, 'vm-create', 2),
      at(7000, 'vm-delete', 2),
      at(200, 'adapter-network', 1 << 4),
      LAST_VM,
    ],
  },
  {
    title: 'an agent is restarted during the sweep that a sync began',
    steps: [at(REST_MS, 'operator-resync'), station(30_000, 'agent-kill', 'seconds3'), LAST_VM],
  },
  {
    title: 'a power cut right after a change',
    steps: [
      at(REST_MS, 'vm-create', 2),
      station(15, 'power-cut', 'seconds3'),
      at(REST_MS, 'adapter-network', 1 << 4),
      station(40, 'power-cut', 'seconds3'),
      at(REST_MS, 'vm-delete'),
      station(30, 'power-cut', 'seconds3'),
      LAST_VM,
    ],
  },
  {
    title: 'a full disk',
    steps: [
      station(REST_MS, 'disk-full', 'seconds30'),
      at(5, 'vm-create', 2),
      at(500, 'adapter-network', 1 << 4),
      at(500, 'vm-delete', 1),
      LAST_VM,
    ],
  },
  {
    title: 'a full disk at the time of a sweep',
    steps: [at(REST_MS, 'operator-resync'), station(50_000, 'disk-full', 'seconds30'), LAST_VM],
  },
  {
    title: 'a VM goes and comes back while answers are lost',
    reconnect: 'retry-only' as const,
    steps: [station(REST_MS, 'link-mute', 'seconds3'), at(100, 'vm-power'), at(1000, 'vm-power'), LAST_VM],
  },
  {
    title: 'a card is disconnected and connected while answers are lost',
    reconnect: 'retry-only' as const,
    steps: [
      station(REST_MS, 'link-mute', 'seconds3'),
      at(100, 'adapter-connect'),
      at(1000, 'adapter-connect'),
      LAST_VM,
    ],
  },
  {
    title: 'a card is disconnected while its host is in maintenance',
    steps: [
      anywhere(REST_MS, 'maintenance', 'seconds200'),
      at(100, 'adapter-connect'),
      at(100, 'adapter-network', 1 << 4),
      LAST_VM,
    ],
  },
  {
    title: 'a sync asked for while the ports of a parked agent are being saved from the sweep',
    steps: [
      at(REST_MS, 'operator-resync'),
      station(25, 'disk-full', 'seconds30'),
      anywhere(1000, 'maintenance', 'seconds200'),
      at(2000, 'operator-resync'),
      LAST_VM,
    ],
  },
  {
    title: 'the inventory is lost while a sync is under way',
    steps: [
      station(REST_MS, 'agent-hang', 'seconds12'),
      at(100, 'operator-resync'),
      anywhere(1000, 'session-lost', 'seconds30'),
      LAST_VM,
    ],
  },
  {
    title: 'an agent is restarted while its host is in maintenance',
    steps: [
      anywhere(REST_MS, 'maintenance', 'seconds200'),
      station(1000, 'agent-kill', 'seconds12'),
      LAST_VM,
    ],
  },
  {
    title: 'a VM moves onto a host that leaves maintenance',
    steps: [anywhere(REST_MS, 'maintenance', 'seconds30', 1), at(29_999, 'vm-move', 8), LAST_VM],
  },
  {
    title: 'a VM moves to an agent that cannot save it',
    steps: [
      station(REST_MS, 'disk-full', 'forEver', 1),
      at(100, 'vm-move', 8),
      at(REST_MS, 'vm-create', 2),
      at(1000, 'vm-create', 2),
    ],
  },
  {
    title: 'somebody takes a port away',
    steps: [at(REST_MS, 'port-stolen'), LAST_VM],
  },
  {
    title: 'a port that somebody took away is switched off',
    steps: [at(REST_MS, 'port-stolen'), at(25_000, 'adapter-connect'), LAST_VM],
  },
  {
    title: 'somebody switches a port off',
    steps: [at(REST_MS, 'port-flipped'), LAST_VM],
  },
  {
    title: 'somebody adds another record of a port',
    steps: [at(REST_MS, 'port-replaced'), LAST_VM],
  },
  {
    title: 'somebody adds a port that nobody wants',
    steps: [at(REST_MS, 'port-foreign'), LAST_VM],
  },
  {
    title: 'an outage ends the sweep that a sync began',
    steps: [at(REST_MS, 'port-foreign'), station(25_000, 'agent-kill', 'seconds12'), LAST_VM],
  },
  {
    title: 'a machine is replaced while a VM comes',
    steps: [at(REST_MS, 'agent-wiped'), at(2000, 'vm-create', 2), LAST_VM],
  },
  {
    title: 'a whole crowd goes for good',
    steps: [...CROWD, ...CROWD.map((_one, index) => at(index === 0 ? REST_MS : 0, 'vm-delete', 2)), LAST_VM],
  },
  {
    title: 'many VMs move to an agent that is down',
    steps: [...CROWD, station(REST_MS, 'agent-kill', 'seconds30', 1), ...crowdMoves(10_000), LAST_VM],
  },
  ...[0, 1, 2].map((round) => ({
    title: `a sync comes late (${round})`,
    faults: { late: 1 },
    steps: [
      at(REST_MS, 'network-bad'),
      at(100, 'operator-resync'),
      at(REST_MS, 'network-bad'),
      at(100, 'operator-resync'),
      LAST_VM,
    ],
  })),
  ...[0, 1].map((round) => ({
    title: `a change comes late, and then another one (${round})`,
    faults: { late: 1 },
    steps: [
      at(REST_MS, 'network-bad'),
      at(100, 'adapter-connect'),
      at(3000, 'adapter-connect'),
      at(REST_MS, 'network-bad'),
      at(100, 'adapter-network', 1 << 4),
      at(3000, 'adapter-network', 2 << 4),
      LAST_VM,
    ],
  })),
  ...[0, 1, 2, 3].map((round) => ({
    title: `another network and back, while the plugin is down in between (${round})`,
    steps: [
      at(REST_MS, 'plugin-kill-at-request', 1),
      at(5, 'adapter-network', 1 << 4),
      at(3000, 'adapter-network', 2 << 4),
      at(1000, 'plugin-start'),
      LAST_VM,
    ],
  })),
  {
    title: 'an agent hangs for long',
    steps: [station(REST_MS, 'agent-hang', 'seconds90'), at(100, 'vm-create', 2), LAST_VM],
  },
];
