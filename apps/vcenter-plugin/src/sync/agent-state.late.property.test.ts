import assert from 'node:assert/strict';
import { seededRandom } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { REAL, REFERENCE, type ModelProfile } from './testing/model-agent.ts';
import { steadyWorld } from './testing/new-world.ts';
import { assertConverged, mutate } from './testing/random-desired.ts';
import { NO_FAULTS } from './testing/world.ts';

const RUNS = 1000;
const STEPS = 15;

/** No sync, no outage, no look after a sweep heals anything here: only what each port knows of its own requests. */
function run(seed: number, profile: ModelProfile): void {
  const random = seededRandom(seed);
  const world = steadyWorld(0, { reconnect: 'retry-only' }, profile, () => random.next());
  world.faults = { lostBefore: 0.1, lostAfter: 0.15, late: 0.15, serverError: 0.05 };
  for (let turn = 0; turn < STEPS; turn++) {
    mutate(world.desired, random);
    world.publish();
    world.advance(random.pick([0, 5, 30, 200, 1000, 6000]));
  }
  world.faults = NO_FAULTS;
  world.advance(120_000);
  assertConverged(world);
  assert.ok(!world.sent.some(({ kind }) => kind === 'sync' || kind === 'verify'));
}

for (const [name, profile] of Object.entries({ reference: REFERENCE, real: REAL })) {
  test(`requests that are lost or late do no lasting harm to a ${name} agent, without a sync`, () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      try {
        run(seed, profile);
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
    }
    expect(RUNS).toBeGreaterThan(0);
  });
}
