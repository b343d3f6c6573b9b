import { manualClock, type ManualClock } from '@vrouter/testkit';
import { beforeEach, expect, test } from 'vitest';
import { KeyedWork, type WorkResult } from './keyed-work.ts';

const DONE: WorkResult = { kind: 'done' };

let clock: ManualClock;
let began: string[];
let open: Map<string, (result: WorkResult) => void>;
let work: KeyedWork;

beforeEach(() => {
  clock = manualClock(0);
  began = [];
  open = new Map();
  work = new KeyedWork({
    clock,
    concurrency: 2,
    onIdle: () => {},
    work(key) {
      began.push(key);
      const { promise, resolve } = Promise.withResolvers<WorkResult>();
      open.set(key, resolve);
      return promise;
    },
  });
});

async function end(key: string, result: WorkResult = DONE): Promise<void> {
  open.get(key)?.(result);
  await clock.advance(0);
}

test('so many keys are worked on at a time, in the order in which they came', async () => {
  for (const key of ['a', 'b', 'c', 'a']) work.add(key);
  expect(began).toEqual(['a', 'b']);
  await end('a');
  // It was due again while it was worked on.
  expect(began).toEqual(['a', 'b', 'c']);
  await end('b');
  expect(began).toEqual(['a', 'b', 'c', 'a']);
  expect(work.pending).toBe(2);
});

test('a key that failed is tried again later, and later still; the others go on', async () => {
  work.add('a');
  await end('a', { kind: 'failed', reason: 'no' });
  expect(work.failures()).toEqual([['a', 'no']]);
  work.add('b');
  expect(began).toEqual(['a', 'b']);
  await clock.advance(100);
  await end('a', { kind: 'failed', reason: 'no' });
  await clock.advance(199);
  expect(began).toEqual(['a', 'b', 'a']);
  await clock.advance(1);
  await end('a');
  expect(work.failures()).toEqual([]);
});

test('while the server is away one key at a time finds out whether it is back', async () => {
  for (const key of ['a', 'b', 'c']) work.add(key);
  await end('a', { kind: 'server-away', reason: 'gone' });
  await end('b', { kind: 'server-away', reason: 'gone' });
  expect(work.awayReason).toBe('gone');
  expect(began).toEqual(['a', 'b']);
  await clock.advance(100);
  expect(began).toEqual(['a', 'b', 'c']);
  await end('c');
  expect(work.awayReason).toBeUndefined();
  expect(began).toEqual(['a', 'b', 'c', 'a', 'b']);
});

test('after the end nothing begins', async () => {
  work.add('a');
  const stopped = work.stop();
  await end('a');
  await stopped;
  work.add('b');
  expect(began).toEqual(['a']);
});
