import { limitsFrom, type Lifecycle, type SyncLimits } from '@vrouter/vcenter-plugin/simulation';
import type { SeededRandom } from '@vrouter/testkit';
import type { AgentKind } from '../agent/open-agent.ts';
import { NO_NETWORK_FAULTS, type NetworkFaults } from '../world/link.ts';
import { RESPONSE_MS } from '../world/simulated-client.ts';
import { CHANGES, FAULTS, type Step, type StepKind } from './steps.ts';
import { streamOf } from './streams.ts';

/** A whole run before it runs: all that chance decides at the beginning. */
export interface Plan {
  readonly seed: number;
  readonly agents: readonly AgentKind[];
  readonly lifecycle: Lifecycle;
  readonly limits: SyncLimits;
  readonly vmsMax: number;
  readonly faults: NetworkFaults;
  /** The network has these faults from the beginning, not only at times. */
  readonly isAlwaysBad: boolean;
  readonly steps: readonly Step[];
}

const AGENTS_MAX = 3;
const STALE_TIMEOUTS_MS = [15_000, 60_000, 60_000];
const VMS_MAX = [4, 8, 16, 40];
const STEPS_MIN = 10;
const STEPS_MAX = 60;
/** How steps follow each other: so that they meet in one request, in one sweep, or not at all. */
const TEMPI_MS = [
  [0, 0, 1, 5, 10, 20, 100, 500, 2000, 400_000],
  [0, 5, 30, 30, 200, 1000, 1000, 5000, 8000, 30_000, 70_000, 400_000, 3_600_000],
  [200, 8000, 30_000, 70_000, 400_000, 400_000, 3_600_000],
];
/** On a bad network there is no rest: hours of it would show nothing new. */
const BAD_GAP_MS_MAX = 70_000;
/** How many kinds of trouble there are in a run; with all of them at once, one heals what another left. */
const TROUBLE_SHARES = [0, 0.05, 0.1, 0.2, 0.5];
const NUMBER_MAX = 2 ** 20;

/** Where not 2. */
const WEIGHTS: Readonly<Record<string, number>> = { 'network-bad': 6 };

/** Swarm testing: each run draws which faults there are in it and how often, so that runs differ in kind. */
export function planOf(seed: number): Plan {
  const random = streamOf(seed, 'plan');
  const agents = Array.from({ length: random.int(1, AGENTS_MAX) }, () => agentKind(random));
  const lifecycle = random.pick(['power', 'link'] as const);
  const limits: SyncLimits = {
    ...limitsFrom({
      staleTimeoutMs: streamOf(seed, 'stale timeout').pick(STALE_TIMEOUTS_MS),
      responseMs: RESPONSE_MS,
      reconnect: random.next() < 0.8 ? 're-add' : 'resync',
      brake: { count: random.int(2, 5), share: 0.5, holdMs: random.pick([20_000, 90_000]) },
    }),
    concurrencyMax: random.pick([1, 8, 8]),
    arrayLengthMax: random.pick([3, 64, 64]),
  };
  const faults = Object.fromEntries(
    Object.keys(NO_NETWORK_FAULTS).map((fate) => [fate, on(random, 0.4) * random.pick([0.02, 0.1, 0.25])]),
  ) as unknown as NetworkFaults;
  const troubles = random.pick(TROUBLE_SHARES);
  const isAlwaysBad = random.next() < 0.3;
  const gapsMs = random.pick(TEMPI_MS).filter((gapMs) => !isAlwaysBad || gapMs <= BAD_GAP_MS_MAX);
  const weights: [StepKind, number][] = [
    ...Object.keys(CHANGES).map((kind) => [kind, on(random, 0.8) * 3] as [StepKind, number]),
    ...Object.keys(FAULTS).map(
      (kind) =>
        [kind, kind === 'plugin-start' ? 1 : (WEIGHTS[kind] ?? 2) * on(random, troubles)] as [
          StepKind,
          number,
        ],
    ),
  ];
  const steps: Step[] = [{ afterMs: 0, kind: 'plugin-start', number: 0 }];
  const first = random.pick([0, 3, 6, 12]);
  for (let count = 0; count < first; count++)
    steps.push({ afterMs: 0, kind: 'vm-create', number: random.int(0, NUMBER_MAX) });
  for (let count = random.int(STEPS_MIN, STEPS_MAX); count > 0; count--)
    steps.push({
      afterMs: random.pick(gapsMs),
      kind: pickWeighted(weights, random),
      number: random.int(0, NUMBER_MAX),
    });
  return {
    seed,
    agents,
    lifecycle,
    limits,
    vmsMax: random.pick(VMS_MAX),
    faults,
    isAlwaysBad,
    steps,
  };
}

function agentKind(random: SeededRandom): AgentKind {
  return {
    profile: random.next() < 0.7 ? 'blueprint' : 'tf',
    durability: random.next() < 0.75 ? 'journal' : 'file',
    tuning: {
      growthBytesMax: random.pick([-1e9, 4096, 64 * 1024]),
      nowMax: random.pick([0, 16]),
    },
  };
}

function on(random: SeededRandom, share: number): number {
  return random.next() < share ? 1 : 0;
}

function pickWeighted(weights: readonly [StepKind, number][], random: SeededRandom): StepKind {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [kind, weight] of weights) {
    left -= weight;
    if (left < 0) return kind;
  }
  return 'vm-create';
}
