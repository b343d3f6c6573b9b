import type { Step, StepKind } from '../plan/steps.ts';
import type { Scenario } from './scenarios.ts';

/** Troubles by station last as long as bits 12 to 14 of their number say, the others bits 9 to 11. */
const LASTING = { seconds3: 1, seconds12: 2, seconds30: 3, seconds90: 5, seconds200: 6, forEver: 7 };

const at = (afterMs: number, kind: StepKind, number = 0): Step => ({ afterMs, kind, number });
const station = (afterMs: number, kind: StepKind, lasting: keyof typeof LASTING): Step =>
  at(afterMs, kind, LASTING[lasting] << 12);
const anywhere = (afterMs: number, kind: StepKind, lasting: keyof typeof LASTING, number = 0): Step =>
  at(afterMs, kind, (LASTING[lasting] << 9) | number);

const REST_MS = 400_000;
const FIRST = 102;
const CROWD = Array.from({ length: 10 }, (_none, index) => at(0, 'vm-create', 4 * index + 2));

/** Histories that chance meets seldom and that promises hang on, each as short as it goes; with even numbers from 102 on, for lifecycle `power`. */
export const STORIES: readonly Scenario[] = [
  {
    title: 'a sync whose answers are lost',
    steps: [
      station(REST_MS, 'link-mute', 'seconds200'),
      at(100, 'operator-resync'),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'no inventory any more before the first sync',
    steps: [
      at(0, 'plugin-kill', LASTING.forEver << 9),
      station(0, 'agent-stop', 'forEver'),
      at(1000, 'plugin-start'),
      anywhere(2000, 'session-lost', 'seconds200'),
      at(5000, 'agent-start'),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'a sync asked for without an inventory',
    steps: [
      anywhere(REST_MS, 'session-lost', 'seconds30'),
      at(1000, 'operator-resync'),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'a sync asked for while most VMs are hidden',
    steps: [
      ...CROWD,
      anywhere(REST_MS, 'permission-lost', 'seconds30', 1),
      at(2000, 'operator-resync'),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'most VMs are hidden for long, and then go',
    steps: [...CROWD, anywhere(REST_MS, 'permission-lost', 'forEver', 1), at(REST_MS, 'vm-create', 3)],
  },
  {
    title: 'an operator lets go what the brake holds',
    steps: [
      ...CROWD,
      anywhere(REST_MS, 'permission-lost', 'forEver', 1),
      at(2000, 'operator-release'),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'many VMs move at once',
    steps: [
      ...CROWD,
      ...CROWD.map((_one, index) =>
        at(index === 0 ? REST_MS : 0, 'vm-move', index + 2 + (1 << 3) + 16 * index),
      ),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'many VMs move while the plugin is down',
    steps: [
      ...CROWD,
      at(REST_MS, 'plugin-kill', LASTING.seconds12 << 9),
      ...CROWD.map((_one, index) => at(1, 'vm-move', index + 2 + (1 << 3) + 16 * index)),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  { title: 'a machine is replaced', steps: [at(REST_MS, 'agent-wiped'), at(REST_MS, 'vm-create', 3)] },
  {
    title: 'a machine is replaced during a replay',
    steps: [at(REST_MS, 'operator-resync'), at(15, 'agent-wiped'), at(REST_MS, 'vm-create', 3)],
  },
  {
    title: 'a VM goes while its agent is cut off',
    steps: [station(REST_MS, 'link-cut', 'seconds30'), at(100, 'vm-delete'), at(REST_MS, 'vm-create', 3)],
  },
  {
    title: 'a VM goes and the answer is lost',
    steps: [station(REST_MS, 'link-mute', 'seconds3'), at(100, 'vm-delete'), at(REST_MS, 'vm-create', 3)],
  },
  {
    title: 'a VM is switched off and the answer is lost',
    steps: [
      station(REST_MS, 'link-mute', 'seconds3'),
      at(100, 'adapter-connect'),
      at(5500, 'adapter-connect'),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'another network, and the plugin dies in between',
    steps: [
      at(REST_MS, 'plugin-kill-at-request', 0),
      at(5, 'adapter-network', 1 << 4),
      at(5000, 'plugin-start'),
      at(REST_MS, 'adapter-network', 0),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'a VM goes, and the plugin dies in between',
    steps: [
      at(REST_MS, 'plugin-kill-at-request', 0),
      at(5, 'vm-delete'),
      at(5000, 'plugin-start'),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'a VM comes, and the plugin dies in between',
    steps: [
      at(REST_MS, 'plugin-kill-at-request', 0),
      at(5, 'vm-create', 2),
      at(500, 'vm-delete', 2),
      at(5000, 'plugin-start'),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'an agent hangs while VMs come and go',
    steps: [
      station(REST_MS, 'agent-hang', 'seconds30'),
      at(5, 'vm-create', 2),
      at(7000, 'vm-delete', 2),
      at(200, 'adapter-network', 1 << 4),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'an agent is restarted during the sweep that a sync began',
    steps: [
      at(REST_MS, 'operator-resync'),
      station(30_000, 'agent-kill', 'seconds3'),
      at(REST_MS, 'vm-create', 3),
    ],
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
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'a full disk',
    steps: [
      station(REST_MS, 'disk-full', 'seconds30'),
      at(5, 'vm-create', 2),
      at(500, 'adapter-network', 1 << 4),
      at(500, 'vm-delete', 1),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'a full disk at the time of a sweep',
    steps: [
      at(REST_MS, 'operator-resync'),
      station(50_000, 'disk-full', 'seconds30'),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'a VM goes and comes back while answers are lost',
    reconnect: 'retry-only' as const,
    steps: [
      station(REST_MS, 'link-mute', 'seconds3'),
      at(100, 'vm-power'),
      at(1000, 'vm-power'),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'a card is disconnected and connected while answers are lost',
    reconnect: 'retry-only' as const,
    steps: [
      station(REST_MS, 'link-mute', 'seconds3'),
      at(100, 'adapter-connect'),
      at(1000, 'adapter-connect'),
      at(REST_MS, 'vm-create', 3),
    ],
  },
  {
    title: 'a card is disconnected while its host is in maintenance',
    steps: [
      anywhere(REST_MS, 'maintenance', 'seconds200'),
      at(100, 'adapter-connect'),
      at(100, 'adapter-network', 1 << 4),
      at(REST_MS, 'vm-create', 3),
    ],
  },
].map((story, index) => ({ ...story, number: FIRST + 2 * index }));
