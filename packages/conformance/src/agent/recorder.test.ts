import { expect, test } from 'vitest';
import { Recorder } from './recorder.ts';

test('of very many steps the last are kept, and how many went before is told', () => {
  const recorder = new Recorder();
  for (let step = 1; step <= 100; step += 1) recorder.sent(`step ${step}`)('done');
  expect(recorder.steps).toHaveLength(41);
  expect(recorder.steps[0]).toMatchObject({ sent: '60 earlier steps' });
  expect(recorder.steps.at(-1)).toEqual({ sent: 'step 100', came: 'done', expected: [] });
});

test('long texts are cut, and say how long they were', () => {
  const recorder = new Recorder();
  recorder.sent('x'.repeat(5000))('y');
  expect(recorder.steps[0]?.sent).toMatch(/^x{2000}\.\.\. \(5000 characters\)$/);
});

test('what is expected belongs to the step before it, even to none, and is told once', () => {
  const recorder = new Recorder();
  recorder.expected('before');
  recorder.sent('ask')('answer');
  for (const text of ['a', 'a', 'b', 'a']) recorder.expected(text);
  expect(recorder.steps).toEqual([
    { sent: 'nothing', came: '', expected: ['before'] },
    { sent: 'ask', came: 'answer', expected: ['a', 'b', 'a'] },
  ]);
});
