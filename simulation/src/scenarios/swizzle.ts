import type { AgentKind } from '../agent/open-agent.ts';
import type { Step, StepKind } from '../plan/steps.ts';
import { variant, type Variant } from './expand.ts';
import { SETUP, type Scenario } from './scenarios.ts';

/** For 12, 30 and 60 seconds: their codes in bits 12 to 14 of a trouble's number. */
const LASTING = [2, 3, 4];
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;
const LINKS = ['link-cut', 'link-deaf', 'link-mute'] as const satisfies readonly StepKind[];
const AGENTS = 3;
/** After the first sync and its sweep. */
const AT_REST_MS = 130_000;
const CUT_MS = 1000;
const STEP_MS = 2000;

/**
 * Swizzle-clog: the ways to three agents are cut one after another, and open again in each possible order; meanwhile
 * the scenario goes on.
 */
export function swizzled(scenario: Scenario, profile: AgentKind['profile']): Variant[] {
  return LINKS.flatMap((kind) =>
    ORDERS.map((order) => {
      const cuts = order.map((rank, station): Step => ({
        afterMs: station === 0 ? AT_REST_MS : CUT_MS,
        kind,
        number: numberOf(station, LASTING[rank] ?? 0),
      }));
      const steps = scenario.steps.map((step) => ({ ...step, afterMs: STEP_MS }));
      const how = `swizzle ${kind}, back as ${order.map((rank) => rank + 1).join(' ')}`;
      const { name, plan } = variant(scenario, how, profile, [...SETUP, ...cuts, ...steps]);
      const agents = Array.from({ length: AGENTS }, () => plan.agents.slice(0, 1)).flat();
      return { name, plan: { ...plan, agents } };
    }),
  );
}

/** About that one of three stations: its remainder says which. */
function numberOf(station: number, lasting: number): number {
  const number = lasting << 12;
  return number + ((station - (number % AGENTS) + AGENTS) % AGENTS);
}
