import { expect, test } from 'vitest';
import { runPlan } from '../plan/run.ts';
import { onBadNetworks, told, variants, withFaults } from './expand.ts';
import { SCENARIOS } from './scenarios.ts';
import { STORIES } from './stories.ts';
import { swizzled } from './swizzle.ts';

test('there are the 15 scenarios, and each has its variants', () => {
  expect(SCENARIOS.map(({ number }) => number)).toEqual(
    Array.from({ length: 15 }, (_none, index) => index + 1),
  );
  for (const scenario of SCENARIOS) {
    const names = variants(scenario, 'blueprint').map(({ name }) => name);
    expect(new Set(names).size).toBe(5 + scenario.steps.length);
    expect(onBadNetworks(scenario, 'tf')).toHaveLength(8);
    expect(withFaults(scenario, 'tf').length).toBeGreaterThan(20 * scenario.steps.length);
  }
});

test('every scenario as it is, reversed, squashed, with all gone in between, and found by a plugin that starts', async () => {
  for (const scenario of SCENARIOS) {
    for (const { name, plan } of variants(scenario, scenario.number % 3 === 0 ? 'tf' : 'blueprint')) {
      const { violation, requests } = await runPlan(plan);
      expect(violation, name).toBeUndefined();
      expect(requests, name).toBeGreaterThan(0);
    }
  }
}, 180_000);

test('on a network with one kind of fault, and with connections that open again in another order', async () => {
  for (const scenario of SCENARIOS.filter(({ number }) => number % 5 === 0))
    for (const { name, plan } of [...onBadNetworks(scenario, 'tf'), ...swizzled(scenario, 'blueprint')])
      expect((await runPlan(plan)).violation, name).toBeUndefined();
}, 180_000);

test('each connection is cut once, and each order is another', () => {
  const plans = SCENARIOS.slice(0, 1).flatMap((scenario) =>
    swizzled(scenario, 'blueprint').map(({ plan }) => plan),
  );
  expect(plans).toHaveLength(18);
  for (const { steps, agents } of plans) {
    const cuts = steps.filter(({ kind }) => kind.startsWith('link-'));
    expect(cuts.map(({ number }) => number % agents.length)).toEqual([0, 1, 2]);
    expect(new Set(cuts.map(({ number }) => number >> 12)).size).toBe(3);
  }
  const orders = plans.map(({ steps }) => steps.map(({ kind, number }) => `${kind} ${number >> 12}`).join());
  expect(new Set(orders).size).toBe(18);
});

test('every story that promises hang on', async () => {
  for (const story of STORIES) {
    const { name, plan } = told(story, 'blueprint');
    const { violation } = await runPlan(plan);
    expect(violation, name).toBeUndefined();
  }
}, 180_000);
