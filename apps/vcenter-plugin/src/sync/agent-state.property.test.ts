import assert from 'node:assert/strict';
import { parsePort, sameIdentity, type Port } from '@vrouter/port-model';
import { seededRandom } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import type { DesiredPort } from '../binding/desired-port.ts';
import { portIdOf } from '../binding/identity.ts';
import { DEFAULT_LIMITS, type SyncLimits } from './limits.ts';
import { ModelAgent, type ModelProfile } from './testing/model-agent.ts';
import { NO_FAULTS, World } from './testing/world.ts';

const RUNS = 200;
const STEPS = 60;
const PORTS = 12;
/** Longest back-off, response limit, settling, sweep and the look after it, some times over. */
const HEAL_MS = 300_000;
const QUIET_MS = 120_000;

const PROFILES: Record<string, ModelProfile> = {
  reference: { addUpdates: true, marksSurvive: true, getWorks: true },
  real: { addUpdates: false, marksSurvive: false, getWorks: false },
};

function port(index: number, address: number): Port {
  const mac = `00:50:56:00:00:${index.toString(16).padStart(2, '0')}`;
  const id = portIdOf(mac);
  const parsed = parsePort({
    id,
    'instance-id': '502789bb-240a-841f-e24c-1564537218f7',
    'vn-id': '6782f6e6-9fca-3c02-a76d-d1f37b7d06a3',
    'vm-project-id': '',
    'display-name': `vm-${index}`,
    'ip-address': `10.0.${index}.${address}`,
    'ip6-address': 'None',
    'mac-address': mac,
    'system-name': id,
    type: 2,
    'rx-vlan-id': 101,
    'tx-vlan-id': 100,
  });
  assert.ok(parsed.ok);
  return parsed.value;
}

function run(seed: number, profile: ModelProfile, changes: Partial<SyncLimits> = {}): void {
  const random = seededRandom(seed);
  const limits = { ...DEFAULT_LIMITS, ...changes };
  const world = new World(new ModelAgent(profile, limits.staleTimeoutMs), limits, () => random.next());
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
    if (chance(0.1)) world.agentUp ? world.stopAgent() : world.startAgent(chance(0.8));
    world.faults = chance(0.5)
      ? NO_FAULTS
      : { lostBefore: 0.1, lostAfter: 0.1, late: 0.05, serverError: 0.1 };
    world.advance(random.pick([0, 5, 30, 200, 1000, 8000, 70_000]));
  }

  world.faults = NO_FAULTS;
  world.parked = false;
  if (!world.agentUp) world.startAgent(true);
  world.publish();
  world.advance(HEAL_MS);
  assertConverged(world, profile);
  const requests = world.sent.length;
  world.advance(QUIET_MS);
  assert.equal(world.sent.length, requests, 'requests go on although nothing changes');
  assertConverged(world, profile);
}

function mutate(desired: Map<string, DesiredPort>, random: ReturnType<typeof seededRandom>): void {
  for (let count = random.int(0, 3); count > 0; count--) {
    const wanted = port(random.int(0, PORTS - 1), random.int(1, 3));
    if (random.next() < 0.3) desired.delete(wanted.id);
    else desired.set(wanted.id, { port: wanted, enabled: random.next() < 0.7 });
  }
}

function assertConverged(world: World, profile: ModelProfile): void {
  assert.deepEqual([...world.agent.ports.keys()].sort(), [...world.desired.keys()].sort(), 'ports differ');
  for (const [id, { port: wanted, enabled }] of world.desired) {
    const got = world.agent.ports.get(id);
    assert.ok(got !== undefined && sameIdentity(got.port, wanted), `record of ${id} differs`);
    if (profile.addUpdates) assert.deepEqual(got.port, wanted);
    assert.equal(got.enabled, enabled, `link state of ${id} differs`);
  }
}

for (const [name, profile] of Object.entries(PROFILES)) {
  for (const reconnect of ['re-add', 'resync'] as const) {
    test(`after any faults, a ${name} agent ends up as desired, and then there is silence (${reconnect})`, () => {
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
}
