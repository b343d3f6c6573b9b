import { createServer, type Server } from 'node:net';
import { waitFor } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { heldInTable } from '../checks/held.ts';
import { expectedPorts } from '../world/oracle.ts';
import { addPorts, deletePorts } from '../world/triggers.ts';
import { loopbackAddress } from '../world/loopback.ts';
import type { World } from '../world/world.ts';
import { FAULT_TEST, faultWorld } from './fault-world.ts';

/** So long that nothing in this test ever gets past an answer that does not come. */
const RESPONSE_MS = 300_000;

test('an agent that accepts and never answers delays nobody else', FAULT_TEST, async () => {
  const world = await faultWorld({ responseMs: RESPONSE_MS });
  const [agent] = world.agents;
  const silent = await silentServer();
  await agent.start();
  await world.plugin.startUnready([
    { name: 'agent-2', host: world.agents[1].host, url: silent.url },
    { name: agent.name, host: agent.host, url: agent.url },
  ]);
  await holdsWhatItShould(world);

  // Both agents have something to do at the same moment, the silent one first.
  await waitFor(() => silent.bytes() > 0, { what: 'a request to the silent agent' });
  await addPorts(world, ['guest-2a', 'guest-1a']);
  await holdsWhatItShould(world);
  await deletePorts(world, ['guest-2a', 'guest-1a']);
  await holdsWhatItShould(world);

  const views = await world.plugin.introspect.agents();
  expect(views.map(({ name, phase }) => [name, phase])).toEqual([
    ['agent-2', 'syncing'],
    ['agent-1', 'steady'],
  ]);
});

async function holdsWhatItShould(world: World): Promise<void> {
  const [agent] = world.agents;
  await waitFor(
    async () => {
      expect(await heldInTable(agent)).toEqual(expectedPorts(world.picture, world.lifecycle, agent.host));
      return true;
    },
    { what: 'the other agent to hold what the inventory says' },
  );
}

/** Accepts connections, swallows what comes, and says nothing. */
async function silentServer(): Promise<{ url: string; bytes: () => number }> {
  let bytes = 0;
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', (data) => (bytes += data.length));
    onTestFinished(() => void socket.destroy());
  });
  const host = loopbackAddress();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, host, resolve);
  await promise;
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://${host}:${port}`, bytes: () => bytes };
}
