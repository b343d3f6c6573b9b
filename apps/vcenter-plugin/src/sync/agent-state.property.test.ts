import assert from 'node:assert/strict';
import { samplePort, seededRandom } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, type SyncLimits } from './limits.ts';
import { ModelAgent, OLD, REAL, REFERENCE, type ModelProfile } from './testing/model-agent.ts';
import { assertConverged, mutate, PORTS } from './testing/random-desired.ts';
import { NO_FAULTS, World } from './testing/world.ts';

const RUNS = 200;
const STEPS = 60;
/** Longest back-off, response limit, settling, sweep and the look after it, some times over. */
const HEAL_MS = 300_000;
const QUIET_MS = 120_000;

/** With `retry-only`, what an agent loses without a trace stays lost until the next sync. */
const CASES: readonly [string, ModelProfile, SyncLimits['reconnect']][] = [
  ['reference', REFERENCE, 're-add'],
  ['reference', REFERENCE, 'resync'],
  ['reference', REFERENCE, 'retry-only'],
  ['real', REAL, 're-add'],
  ['real', REAL, 'resync'],
  ['old', OLD, 're-add'],
];

function run(
  seed: number,
  profile: ModelProfile,
  changes: Partial<SyncLimits> & Pick<SyncLimits, 'reconnect'>,
): void {
  const { reconnect } = changes;
  const random = seededRandom(seed);
  const limits = { ...DEFAULT_LIMITS, ...changes };
  const agent = new ModelAgent(profile, limits.staleTimeoutMs);
  const world = new World(agent, limits, () => random.next());
  const chance = (share: number): boolean => random.next() < share;

  for (let turn = 0; turn < STEPS; turn++) {
    mutate(world.desired, random);
    if (chance(0.8)) world.publish();
    if (chance(0.05)) world.loseInventory();
    if (chance(0.05)) world.restartPlugin();
    if (chance(0.05)) world.input({ kind: 'resync' });
    if (chance(0.05)) {
      world.parked = !world.parked;
      world.publish();
    }
    if (chance(0.1)) {
      if (world.agentUp) world.stopAgent();
      else world.startAgent(reconnect === 'retry-only' || chance(0.8));
    }
    if (chance(0.1)) world.agentHangs = chance(0.3);
    if (chance(0.1)) {
      const bad = random.int(0, PORTS * 3);
      agent.refuses = ({ id }) => id === samplePort(bad).id;
    }
    world.faults = chance(0.5)
      ? NO_FAULTS
      : { lostBefore: 0.1, lostAfter: 0.1, late: 0.05, serverError: 0.1 };
    world.advance(random.pick([0, 5, 30, 200, 1000, 8000, 70_000]));
  }

  world.faults = NO_FAULTS;
  world.parked = false;
  world.agentHangs = false;
  agent.refuses = () => false;
  if (!world.agentUp) world.startAgent(true);
  world.publish();
  world.advance(HEAL_MS);
  assertConverged(world);
  const requests = world.sent.length;
  world.advance(QUIET_MS);
  assert.equal(world.sent.length, requests, 'requests go on although nothing changes');
  assertConverged(world);
}

for (const [name, profile, reconnect] of CASES) {
  test(`after any faults, an agent (${name}) ends up as desired, and then there is silence (${reconnect})`, () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      try {
        run(seed, profile, { reconnect });
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
    }
    expect(RUNS).toBeGreaterThan(0);
  });
}

test('after any faults, with a brake that often holds, an agent ends up as desired all the same', () => {
  const brake = { count: 1, share: 0.2, holdMs: 20_000 };
  for (let seed = 1; seed <= RUNS; seed++) {
    try {
      run(seed, REFERENCE, { reconnect: 're-add', brake });
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
    }
  }
  expect(RUNS).toBeGreaterThan(0);
});
