import { limitsFrom } from '@vrouter/vcenter-plugin/simulation';
import type { AgentKind } from '../agent/open-agent.ts';
import type { Plan } from '../plan/plan.ts';
import { CHANGES, FAULTS, type Step, type StepKind } from '../plan/steps.ts';
import { NO_NETWORK_FAULTS, type NetworkFaults } from '../world/link.ts';
import { RESPONSE_MS } from '../world/simulated-client.ts';
import { SETUP, type Scenario } from './scenarios.ts';

export interface Variant {
  /** `6 reversed`, `6 with link-cut before step 2`. */
  readonly name: string;
  readonly plan: Plan;
}

/** One trouble of 12 seconds at the first agent, in the middle of what is under way. */
const FAULT_NUMBER = { station: 2 << 12, other: 2 << 9 };
const BAD_NETWORK = { ...NO_NETWORK_FAULTS, lostBefore: 0.2, lostAfter: 0.2, late: 0.1, unavailable: 0.1 };
/** Of each kind alone so much that most runs meet it, and so little that something gets through. */
const SINGLE_SHARE = 0.4;
/** They are about one station, and their duration stands elsewhere in their number. */
const AT_STATION = /^(agent|power|disk|link)-/;

/** The scenario in other orders, with nothing in between, and as somebody finds it who comes late. */
export function variants(scenario: Scenario, profile: AgentKind['profile']): Variant[] {
  const { steps } = scenario;
  const gone: Step[] = [
    { afterMs: 1000, kind: 'permission-lost', number: (7 << 9) | 1 },
    { afterMs: 1000, kind: 'session-back', number: 0 },
  ];
  const empty = steps.flatMap((step) => [...gone, step]);
  const squashed = steps.map((step) => ({ ...step, afterMs: 0 }));
  const late = [...SETUP.slice(1), ...steps.filter(({ kind }) => kind !== 'plugin-start')];
  return [
    variant(scenario, '', profile, [...SETUP, ...steps]),
    variant(scenario, 'reversed', profile, [...SETUP, ...steps.toReversed()]),
    variant(scenario, 'squashed', profile, [...SETUP, ...squashed]),
    variant(scenario, 'with all gone in between', profile, [...SETUP, ...empty]),
    variant(scenario, 'found by a plugin that starts', profile, late),
    ...steps.map((_step, index) =>
      variant(scenario, `state ${index + 1} alone, from empty`, profile, alone(steps.slice(0, index + 1))),
    ),
  ];
}

/** What vCenter has become by then, and then a plugin that starts and agents that have nothing. */
function alone(steps: readonly Step[]): Step[] {
  const [start, ...setup] = SETUP;
  const changes = [...setup, ...steps].filter(({ kind }) => kind in CHANGES);
  return [...changes.map((step) => ({ ...step, afterMs: 0 })), ...(start === undefined ? [] : [start])];
}

/** A story as it is told, with a brake that holds more than two ports. */
export function told(story: Scenario, profile: AgentKind['profile']): Variant {
  return variant(story, '', profile, [...SETUP, ...story.steps], 2);
}

/** The scenario with each single trouble before and after each of its steps. */
export function withFaults(scenario: Scenario, profile: AgentKind['profile']): Variant[] {
  const kinds = Object.keys(FAULTS).filter((kind) => kind !== 'plugin-start') as StepKind[];
  return kinds.flatMap((kind) =>
    Array.from({ length: scenario.steps.length + 1 }, (_none, at) => {
      const number = AT_STATION.test(kind) ? FAULT_NUMBER.station : FAULT_NUMBER.other;
      const steps = scenario.steps.toSpliced(at, 0, { afterMs: 3, kind, number });
      return variant(scenario, `with ${kind} before step ${at + 1}`, profile, [...SETUP, ...steps]);
    }),
  );
}

/** The scenario on a network that has one kind of fault only, all the time. */
export function onBadNetworks(scenario: Scenario, profile: AgentKind['profile']): Variant[] {
  return (Object.keys(NO_NETWORK_FAULTS) as (keyof NetworkFaults)[]).map((fate) => {
    const { name, plan } = variant(scenario, `where requests are ${fate}`, profile, [
      ...SETUP,
      ...scenario.steps,
    ]);
    const faults = { ...NO_NETWORK_FAULTS, [fate]: SINGLE_SHARE };
    return { name, plan: { ...plan, faults, isAlwaysBad: true } };
  });
}

/** The scenario with other steps, which are all that happens. */
export function variant(
  scenario: Scenario,
  how: string,
  profile: AgentKind['profile'],
  steps: Step[],
  brakeCount = 20,
): Variant {
  const kind: AgentKind = { profile, durability: 'journal', tuning: {}, ...scenario.agent };
  const plan: Plan = {
    seed: scenario.number,
    agents: [kind, kind],
    lifecycle: scenario.number % 2 === 0 ? 'power' : 'link',
    limits: {
      ...limitsFrom({
        staleTimeoutMs: 60_000,
        responseMs: RESPONSE_MS,
        reconnect: scenario.reconnect ?? 're-add',
        brake: { count: brakeCount, share: 0.5, holdMs: 60_000 },
      }),
      ...(scenario.concurrencyMax !== undefined && { concurrencyMax: scenario.concurrencyMax }),
    },
    vmsMax: 16,
    faults: scenario.faults === undefined ? BAD_NETWORK : { ...NO_NETWORK_FAULTS, ...scenario.faults },
    isAlwaysBad: false,
    steps,
  };
  return { name: `${scenario.number} ${scenario.title}${how === '' ? '' : `, ${how}`} (${profile})`, plan };
}
