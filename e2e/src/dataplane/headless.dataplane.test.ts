import { expect, test } from 'vitest';
import { forwardsAsIn } from '../checks/forwarding.ts';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import type { Ending } from '../world/ending.ts';
import { addPorts } from '../world/triggers.ts';
import { dataPlaneMissing } from './available.ts';
import { DATA_PLANE_TEST, pingBetween, runningWorld } from './testing.ts';

const dataPlane = test.skipIf(dataPlaneMissing());
/** Per second. */
const RATE = 50;

for (const how of ['stop', 'crash'] satisfies readonly Ending[]) {
  dataPlane(`no ping is lost when both agents ${how} and come back`, DATA_PLANE_TEST, async () => {
    const { world, wire } = await runningWorld();
    await addPorts(world, ['guest-1a']);
    await settled(world);
    const streams = [
      pingBetween(wire, 'resident-1', 'resident-2', RATE),
      pingBetween(wire, 'resident-1', 'guest-1a', RATE),
    ];
    await Promise.all(streams.map((stream) => stream.answers(RATE)));

    await Promise.all(world.agents.map((agent) => agent.end(how)));
    await Promise.all(streams.map((stream) => stream.moreAnswers(RATE)));
    await world.startAgents();
    await settled(world);
    await Promise.all(streams.map((stream) => stream.moreAnswers(RATE)));

    for (const stream of streams) {
      const { sent, answered } = await stream.stop();
      expect(answered).toBe(sent);
      process.stdout.write(`${stream.name}, ${how}: ${answered} of ${sent} pings answered\n`);
    }
  });
}

dataPlane('a sweep takes the flows with the ports', DATA_PLANE_TEST, async () => {
  const { world, wire } = await runningWorld();
  await syncedAndSwept(world);
  await forwardsAsIn(world, world.picture);
  await world.plugin.end('stop');

  for (const { url } of world.agents) {
    const body = JSON.stringify({ type: 2 });
    expect((await fetch(`${url}/syncports`, { method: 'POST', body })).status).toBe(200);
  }
  await syncedAndSwept(world);
  await wire.assertForwards(new Set());
});
