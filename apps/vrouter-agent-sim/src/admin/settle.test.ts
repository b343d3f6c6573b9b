import { manualClock, samplePort } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveAgent } from '../testing/live-agent.ts';
import { settle } from './settle.ts';

/** So many that their files are not all written before the answer by chance. */
const PORTS = 600;
const FULL = {
  format: 1,
  generation: 0,
  deadlines: [],
  ports: Array.from({ length: PORTS }, (_, index) => ({ generation: 0, port: samplePort(index) })),
};

let agent: LiveAgent;
beforeEach(async () => {
  agent = await new LiveAgent({ durability: 'journal' }).start();
});
afterEach(() => agent.remove());

/** How many port files there are the moment the answer is here. */
async function filesAfter(path: string, method: string, body?: unknown): Promise<number> {
  expect(await agent.admin(path, method, body)).toMatchObject({ status: 200 });
  return agent.portFiles().size;
}

test('work that does not end is not waited for longer than the limit', async () => {
  const clock = manualClock();
  const never = new Promise<void>(() => undefined);
  const workers = { agent: { settled: async () => undefined }, subscriptions: undefined, realClock: clock };
  const settled = expect(settle({ ...workers, filesWritten: () => never })).rejects.toThrow('STILL_WORKING');
  await clock.advance(30_000);
  await settled;
});

test('files are what the table is when a snapshot, a sweep, the clock or a reset is answered', async () => {
  expect(await filesAfter('/admin/snapshot', 'PUT', FULL)).toBe(PORTS);
  await agent.call('POST', '/syncports');
  await agent.call('POST', '/port', samplePort(1));
  expect(await filesAfter('/admin/sweep', 'POST')).toBe(1);
  await agent.admin('/admin/snapshot', 'PUT', FULL);
  await agent.call('POST', '/syncports');
  expect(await filesAfter('/admin/clock', 'POST', { advanceMs: 60_000 })).toBe(0);
  await agent.admin('/admin/snapshot', 'PUT', FULL);
  expect(await filesAfter('/admin/reset', 'POST')).toBe(0);
});
