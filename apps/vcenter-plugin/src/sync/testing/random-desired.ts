import assert from 'node:assert/strict';
import { sameIdentity } from '@vrouter/port-model';
import { samplePort, type SeededRandom } from '@vrouter/testkit';
import type { DesiredPort } from '../../binding/desired-port.ts';
import type { World } from './world.ts';

/** So few that their requests meet. */
export const PORTS = 12;

/** Each port with other addresses, which make it another, and other names, which do not. */
const WANTED = Array.from({ length: PORTS * 6 }, (_none, index) => {
  const variant = Math.floor(index / PORTS);
  return samplePort(index % PORTS, {
    'ip-address': `10.0.0.${1 + (variant % 3)}`,
    'display-name': `vm-${variant % 2}`,
  });
});

/** Adds, changes and takes away a few ports. */
export function mutate(desired: Map<string, DesiredPort>, random: SeededRandom): void {
  for (let count = random.int(0, 3); count > 0; count--) {
    const wanted = random.pick(WANTED);
    if (random.next() < 0.3) desired.delete(wanted.id);
    else desired.set(wanted.id, { port: wanted, enabled: random.next() < 0.7 });
  }
}

/** The agent has what is desired, and the plugin remembers nothing else. */
export function assertConverged({ agent, desired, disk }: World): void {
  const { addUpdates, linkRoutes } = agent.profile;
  assert.deepEqual([...agent.ports.keys()].sort(), [...desired.keys()].sort(), 'ports differ');
  for (const [id, { port: wanted, enabled }] of desired) {
    const got = agent.ports.get(id);
    assert.ok(got !== undefined && sameIdentity(got.port, wanted), `record of ${id} differs`);
    if (addUpdates) assert.deepEqual(got.port, wanted);
    if (linkRoutes) assert.equal(got.enabled, enabled, `link state of ${id} differs`);
  }
  assert.equal(disk.size, desired.size, 'the ledger holds what is no more');
}
