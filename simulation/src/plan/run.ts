import { Violation } from '@vrouter/testkit/history';
import { checkConverged } from '../check/converged.ts';
import { World } from '../world/world.ts';
import type { Plan } from './plan.ts';
import { hasForeign } from './meddling.ts';
import { act, heal } from './steps.ts';
import { streamOf } from './streams.ts';

/** Within this time after the last fault everything is as desired: the brake's hold, a sync, its sweep and the look after it. */
export const CONVERGE_MS = 300_000;
/** Then nothing more is sent for as long as this. */
export const SILENCE_MS = 120_000;
/** A run that sends more is out of its mind. */
const REQUESTS_MAX = 100_000;

export interface RunResult {
  readonly seed: number;
  readonly virtualMs: number;
  readonly digest: string;
  readonly violation: Violation | undefined;
  readonly seen: ReadonlyMap<string, number>;
  readonly lines: readonly string[];
  readonly requests: number;
}

/** Runs `plan` from beginning to end, in virtual time. The same plan gives the same result, to the byte. */
export async function runPlan(plan: Plan): Promise<RunResult> {
  const world = new World({
    ...plan,
    randomOf: (stream) => streamOf(plan.seed, stream).next,
  });
  for (const { agent } of world.stations) {
    world.trace.visit(
      `agent ${agent.kind.profile} ${agent.kind.profile === 'tf' ? '' : agent.kind.durability}`.trim(),
    );
    agent.start();
  }
  if (plan.isAlwaysBad) for (const { link } of world.stations) link.faults = plan.faults;
  for (const step of plan.steps) {
    await world.advance(step.afterMs);
    if (world.violation !== undefined) break;
    world.attempt(() => checkCalm(world));
    world.attempt(() => act(world, step, plan.faults));
  }
  if (world.violation === undefined) await liveness(world);
  return {
    seed: plan.seed,
    virtualMs: world.clock.now() - world.clock.startMs,
    digest: world.trace.digest(),
    violation: world.violation,
    seen: world.trace.seen,
    lines: world.trace.lines,
    requests: world.requestCount,
  };
}

/** In the middle of a run, too: where nothing was wrong for long enough, nothing is left of it, whatever ails the other agents. */
function checkCalm(world: World): void {
  const calm = world.stations.filter(
    (station) => world.isCalm(station, CONVERGE_MS) && !(station.forgotSweep && hasForeign(station)),
  );
  if (calm.length === 0) return;
  world.trace.visit('checked in between');
  if (calm.length < world.stations.length) world.trace.visit('checked beside others in trouble');
  checkConverged(world, calm);
}

async function liveness(world: World): Promise<void> {
  await world.advance(0);
  heal(world);
  await world.advance(CONVERGE_MS);
  if (world.violation !== undefined) return;
  world.attempt(() => checkConverged(world));
  const requests = world.requestCount;
  if (world.violation !== undefined) return;
  await world.advance(SILENCE_MS);
  world.attempt(() => {
    if (world.requestCount > requests)
      throw new Violation(
        'falls-silent',
        `${world.requestCount - requests} requests although nothing changed`,
      );
    if (world.requestCount > REQUESTS_MAX) throw new Violation('bounds', `${world.requestCount} requests`);
    checkConverged(world);
  });
}
