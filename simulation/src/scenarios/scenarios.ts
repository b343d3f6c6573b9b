import type { AgentKind } from '../agent/open-agent.ts';
import type { Step, StepKind } from '../plan/steps.ts';
import type { NetworkFaults } from '../world/link.ts';

/** One of the blueprint's scenarios as steps; before them two VMs run, and the plugin and two agents. */
export interface Scenario {
  readonly number: number;
  readonly title: string;
  readonly steps: readonly Step[];
  /** Where not `re-add`. */
  readonly reconnect?: 'retry-only';
  /** Requests under way to one agent, where not as many as usual. */
  readonly concurrencyMax?: number;
  /** Where agents keep their ports otherwise than usual. */
  readonly agent?: Partial<Pick<AgentKind, 'durability' | 'tuning'>>;
  /** All that `network-bad` does, where that is not a little of everything. */
  readonly faults?: Partial<NetworkFaults>;
}

/** So that what a stop ends stays so until another step begins it again. */
const UNTIL_STARTED = { agent: 7 << 12, plugin: 7 << 9 };
/** Longer than a sweep and the look after it. */
const AT_REST_MS = 130_000;
const SOON_MS = 2000;

const step = (kind: StepKind, number = 0, afterMs = SOON_MS): Step => ({ afterMs, kind, number });
const stopAgent = step('agent-stop', UNTIL_STARTED.agent);
const startAgent = step('agent-start');
const stopPlugin = step('plugin-stop', UNTIL_STARTED.plugin);
const startPlugin = step('plugin-start');
/** Odd numbers make VMs that run; even ones are on the first host. */
const create = (number: number): Step => step('vm-create', number);
const remove = (number: number): Step => step('vm-delete', number);
const rest = (one: Step): Step => ({ ...one, afterMs: AT_REST_MS });

export const SETUP: readonly Step[] = [startPlugin, create(2), create(3)].map((one) => ({
  ...one,
  afterMs: 0,
}));

export const SCENARIOS: readonly Scenario[] = [
  { number: 1, title: 'plugin starts, no ports', steps: [remove(0), remove(0), stopPlugin, startPlugin] },
  {
    number: 2,
    title: 'plugin restarts, no ports',
    steps: [remove(0), remove(0), rest(stopPlugin), startPlugin, stopPlugin, startPlugin],
  },
  { number: 3, title: 'add a port', steps: [rest(create(2))] },
  { number: 4, title: 'delete a port', steps: [rest(remove(0))] },
  { number: 5, title: 'plugin restarts with active ports', steps: [rest(stopPlugin), startPlugin] },
  {
    number: 6,
    title: 'agent stopped, add one, agent starts',
    steps: [rest(stopAgent), create(2), startAgent],
  },
  {
    number: 7,
    title: 'agent stopped, delete one, agent starts',
    steps: [rest(stopAgent), remove(0), startAgent],
  },
  {
    number: 8,
    title: 'agent stopped, add several, agent starts',
    steps: [rest(stopAgent), create(2), create(6), create(10), startAgent],
  },
  {
    number: 9,
    title: 'agent stopped, delete several, agent starts',
    steps: [create(2), rest(stopAgent), remove(0), remove(1), startAgent],
  },
  {
    number: 10,
    title: 'plugin stopped, add, plugin starts',
    steps: [rest(stopPlugin), create(2), startPlugin],
  },
  {
    number: 11,
    title: 'plugin stopped, delete, plugin starts',
    steps: [rest(stopPlugin), remove(0), startPlugin],
  },
  {
    number: 12,
    title: 'both stopped, add, start',
    steps: [rest(stopPlugin), stopAgent, create(2), startPlugin, startAgent],
  },
  {
    number: 13,
    title: 'both stopped, delete, start',
    steps: [rest(stopPlugin), stopAgent, remove(0), startAgent, startPlugin],
  },
  {
    number: 14,
    title: 'a second adapter for two VMs',
    steps: [rest(step('adapter-add', 4)), step('adapter-add', 1)],
  },
  {
    number: 15,
    title: 'these adapters go',
    steps: [
      step('adapter-add', 4),
      step('adapter-add', 1),
      rest(step('adapter-remove', 4)),
      step('adapter-remove', 1),
    ],
  },
];
