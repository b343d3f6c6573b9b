import { expect, test } from 'vitest';
import { planOf } from './plan/plan.ts';
import { runPlan } from './plan/run.ts';
import { shrink } from './plan/shrink.ts';

/** Enough to meet every kind of trouble; CI runs many more by `npm run simulate`. */
const SEEDS = Array.from({ length: 8 }, (_none, index) => index + 1);

test('whatever goes wrong, no promise is broken, and all is as desired in the end', async () => {
  for (const seed of SEEDS) {
    const { violation } = await runPlan(planOf(seed));
    expect(violation, `npm run simulate -- --seed ${seed}`).toBeUndefined();
  }
}, 180_000);

test('the same seed is the same run to the byte, and another seed is not', async () => {
  const first = await runPlan(planOf(3));
  const again = await runPlan(planOf(3));
  const other = await runPlan(planOf(4));
  expect(again.lines.join('\n')).toBe(first.lines.join('\n'));
  expect(again.digest).toBe(first.digest);
  expect(other.digest).not.toBe(first.digest);
}, 120_000);

test('a run that fails is shortened to what makes it fail', async () => {
  // With a limit of no requests at all, the first is one too many.
  const plan = planOf(3);
  const kinds = ['vm-create', 'vm-move', 'vm-create', 'vm-power'] as const;
  const steps = kinds.map((kind, index) => ({ afterMs: 1000, kind, number: 1 + 8 * index }));
  const impatient = { ...plan, steps, limits: { ...plan.limits, concurrencyMax: 0 } };
  const failure = await runPlan(impatient);
  expect(failure.violation?.rule).toBe('bounds');
  const { cut, result } = await shrink(impatient, failure);
  expect(cut.keep.length).toBeLessThan(steps.length);
  expect(result.violation?.rule).toBe('bounds');
}, 120_000);
