import { limitsFrom } from '@vrouter/vcenter-plugin/simulation';
import type { AgentKind } from '../agent/open-agent.ts';
import type { Plan } from '../plan/plan.ts';
import { FAULTS, type Step, type StepKind } from '../plan/steps.ts';
import { NO_NETWORK_FAULTS } from '../world/link.ts';
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
  ];
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

function variant(
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
