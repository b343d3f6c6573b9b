/** What is mutated together, and the tests that have to notice. Patterns are relative to the root. */
export interface Target {
  readonly name: string;
  /** What it is, for the page. */
  readonly title: string;
  readonly mutate: readonly string[];
  /** Fast tests beside the code, those first that kill most in the least time. */
  readonly tests: readonly string[];
}

const SYNC = 'apps/vcenter-plugin/src/sync';
const PORTS = 'apps/vrouter-agent-sim/src/ports';
const MODEL = 'packages/port-model/src';

/** `step` of the plugin, and all that it is made of. */
const SYNC_CORE = [
  'agent-state',
  'brake',
  'connection',
  'desired',
  'lanes',
  'ledger-row',
  'limits',
  'outcome',
  'port-entry',
  'port-outcome',
  'pump',
  'state',
  'sync-session',
];

export const TARGETS: readonly Target[] = [
  {
    name: 'port-model',
    title: 'The wire contract',
    mutate: [`${MODEL}/**/*.ts`, '!**/*.test.ts', '!**/testing/**'],
    tests: [
      `${MODEL}/reference/pages.test.ts`,
      `${MODEL}/{vectors,port,errors}.test.ts`,
      `${MODEL}/{parse,port-file}.test.ts`,
      `${MODEL}/**/*.test.ts`,
    ],
  },
  {
    name: 'plugin-sync',
    title: "The plugin's core: one agent's state machine",
    mutate: SYNC_CORE.map((file) => `${SYNC}/${file}.ts`),
    tests: [
      `${SYNC}/{connection,desired,lanes,ledger-row,limits,outcome}.test.ts`,
      `${SYNC}/{port-entry,port-outcome,pump,sync-session,brake.rules,brake}.test.ts`,
      `${SYNC}/agent-state.{changes,late,outage,sync}.test.ts`,
    ],
  },
  {
    name: 'agent-ports',
    title: "The agent's core: its table of ports, and the sweep",
    mutate: [`${PORTS}/*.ts`, '!**/*.test.ts'],
    tests: [`${PORTS}/*.test.ts`],
  },
];
