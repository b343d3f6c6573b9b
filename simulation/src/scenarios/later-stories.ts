import { at, CROWD, REST_MS, type Story } from './story.ts';

/** What was found later. A story's number is the seed of its run, so that new ones come last. */
export const LATER_STORIES: readonly Story[] = [
  ...[0, 1].map((round) => ({
    title: `another address, and the VM moves while the plugin is down (${round})`,
    steps: [
      at(REST_MS, 'plugin-kill-at-request', 0),
      at(5, 'adapter-address', 1 << 4),
      at(REST_MS, 'vm-move', 8),
      at(1000, 'plugin-start'),
      at(REST_MS, 'vm-create', 3),
    ],
  })),
  ...[0, 8, 20].map((afterMs) => ({
    title: `a sync asked for while another one is under way, ${afterMs}`,
    steps: [at(REST_MS, 'operator-resync'), at(afterMs, 'operator-resync'), at(REST_MS, 'vm-create', 3)],
  })),
  {
    title: 'new VMs while the brake holds those that went',
    steps: [
      ...CROWD,
      ...Array.from({ length: 6 }, (_none, index) => at(index === 0 ? REST_MS : 0, 'vm-delete', 2)),
      ...[2, 6, 10].map((number) => at(5000, 'vm-create', number)),
      at(REST_MS, 'vm-create', 3),
    ],
  },
];
