import { expect, test } from 'vitest';
import { runPlan } from '../plan/run.ts';
import { told, variants, withFaults } from './expand.ts';
import { SCENARIOS } from './scenarios.ts';
import { STORIES } from './stories.ts';

test('there are the 15 scenarios, and each has its variants', () => {
  expect(SCENARIOS.map(({ number }) => number)).toEqual(
    Array.from({ length: 15 }, (_none, index) => index + 1),
  );
  for (const scenario of SCENARIOS) {
    expect(new Set(variants(scenario, 'blueprint').map(({ name }) => name)).size).toBe(5);
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

test('every story that promises hang on', async () => {
  for (const story of STORIES) {
    const { name, plan } = told(story, 'blueprint');
    const { violation } = await runPlan(plan);
    expect(violation, name).toBeUndefined();
  }
}, 180_000);
