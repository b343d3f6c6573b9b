import { expect, test } from 'vitest';
import { planOf } from '../plan/plan.ts';
import { World } from '../world/world.ts';
import type { SimulatedAgent } from './simulated-agent.ts';

const SOON_MS = 1000;

async function runningAgent(): Promise<{ agent: SimulatedAgent; later: () => Promise<void> }> {
  const world = new World({ ...planOf(1), randomOf: () => () => 0.5 });
  const agent = world.stations[0]?.agent as SimulatedAgent;
  const later = (): Promise<void> => world.advance(SOON_MS);
  agent.start();
  await later();
  expect(agent.isUp).toBe(true);
  return { agent, later };
}

test('an agent that is started while it is stopping begins anew when it is gone', async () => {
  const { agent, later } = await runningAgent();
  void agent.stop();
  agent.start();
  expect([agent.isUp, agent.lives]).toEqual([false, 1]);
  await later();
  expect([agent.isUp, agent.lives]).toEqual([true, 2]);
});

test('an agent can be killed while it is stopping, and begins anew if somebody wants it', async () => {
  const { agent, later } = await runningAgent();
  void agent.stop();
  agent.start();
  agent.kill();
  expect(agent.isUp).toBe(false);
  await later();
  expect([agent.isUp, agent.lives]).toEqual([true, 2]);
});

test('an agent that was stopped and not started again is gone', async () => {
  const { agent, later } = await runningAgent();
  void agent.stop();
  await later();
  expect([agent.isUp, agent.lives]).toEqual([false, 1]);
});
