import { expect, test } from 'vitest';
import { World } from '../world/world.ts';
import { flip, meddleAfterSync } from './meddling.ts';
import { planOf } from './plan.ts';

/** An agent that is up, and may hang, and the lines of what happens when somebody meddles with its only port. */
async function meddledWith(hangs: boolean): Promise<readonly string[]> {
  const world = new World({ ...planOf(1), agents: [planOf(1).agents[0]!], randomOf: () => () => 0.5 });
  const [station] = world.stations;
  if (station === undefined) throw new Error('there is no agent');
  station.agent.start();
  world.plugin.start();
  world.vcenter.createVm(1);
  await world.advance(5000);
  expect(station.agent.ports.size).toBe(1);
  meddleAfterSync(world, station, 0, flip);
  await world.advance(1000);
  if (hangs) station.agent.hang();
  await world.advance(20_000);
  return world.trace.lines;
}

test('somebody meddles with a port only where the agent reads it before the look', async () => {
  const isMeddling = (line: string): boolean => line.includes('somebody -> agent-1');
  expect((await meddledWith(false)).some(isMeddling)).toBe(true);
  expect((await meddledWith(true)).some(isMeddling)).toBe(false);
});
