import { expect, test } from 'vitest';
import type { Snapshot } from '../view/snapshot.ts';
import { runStory, type Failure, type StoryOptions, type Teller } from './run-story.ts';
import type { Expectation, Step } from './step.ts';

const EMPTY: Snapshot = { agents: [], plugin: undefined };
const TRUE: Expectation = { says: 'all is well', differs: () => undefined };
const FALSE: Expectation = { says: 'pigs fly', differs: () => 'pigs on the ground' };

function step(title: string, expects: readonly Expectation[], act = async (): Promise<void> => {}): Step {
  return { title, tells: `${title} happens`, act, expects };
}

/** What is told, in order, and the failure. */
function recorder(): { told: string[]; failures: Failure[]; teller: Teller } {
  const told: string[] = [];
  const failures: Failure[] = [];
  const teller: Teller = {
    begins: ({ title }, number, count) => told.push(`${number}/${count} ${title}`),
    cameTrue: ({ says }) => told.push(says),
    ended: () => told.push('ended'),
    failed: (failure) => failures.push(failure),
  };
  return { told, failures, teller };
}

function options(teller: Teller, changes: Partial<StoryOptions> = {}): StoryOptions {
  return {
    look: async () => EMPTY,
    teller,
    signal: new AbortController().signal,
    limitMs: 20,
    everyMs: 1,
    ...changes,
  };
}

test('a step that does not come true ends the story, with what was expected and seen', async () => {
  const { told, failures, teller } = recorder();
  const steps = [step('one', [TRUE]), step('two', [TRUE, FALSE, TRUE]), step('three', [TRUE])];
  expect(await runStory(steps, options(teller))).toBe(false);
  expect(told).toEqual(['1/3 one', 'all is well', 'ended', '2/3 two', 'all is well']);
  expect(failures).toEqual([
    { step: steps[1], expected: 'pigs fly', seen: 'pigs on the ground', snapshot: EMPTY },
  ]);
});

test('a step that cannot be carried out ends the story', async () => {
  const { failures, teller } = recorder();
  const broken = step('one', [TRUE], () => Promise.reject(new Error('the agent would not start')));
  expect(await runStory([broken], options(teller))).toBe(false);
  expect(failures).toEqual([
    { step: broken, expected: 'one happens', seen: 'the agent would not start', snapshot: undefined },
  ]);
});

test('what is not true yet is looked at again', async () => {
  const { told, failures, teller } = recorder();
  let looks = 0;
  const third: Expectation = { says: 'third look', differs: () => (++looks < 3 ? 'too early' : undefined) };
  expect(await runStory([step('one', [third])], options(teller, { limitMs: 10_000 }))).toBe(true);
  expect(looks).toBe(3);
  expect(told).toEqual(['1/1 one', 'third look', 'ended']);
  expect(failures).toEqual([]);
});

test('a story that is stopped in the middle has not come true, and has not failed either', async () => {
  const { told, failures, teller } = recorder();
  const stop = new AbortController();
  const steps = [step('one', [FALSE], async () => stop.abort()), step('two', [TRUE])];
  const result = await runStory(steps, options(teller, { signal: stop.signal, limitMs: 60_000 }));
  expect(result).toBe(false);
  expect(told).toEqual(['1/2 one']);
  expect(failures).toEqual([]);
});

test('a step without expectations still shows both sides', async () => {
  const { told, teller } = recorder();
  expect(await runStory([step('one', [])], options(teller))).toBe(true);
  expect(told).toEqual(['1/1 one', 'ended']);
});
