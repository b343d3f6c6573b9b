import { samplePort } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FaultyFileSystem } from '../testing/faulty-file-system.ts';
import { LiveAgent } from '../testing/live-agent.ts';

const [A, B] = [samplePort(1), samplePort(2)];

let agent: LiveAgent;
let files: FaultyFileSystem;
beforeEach(async () => {
  files = new FaultyFileSystem();
  agent = await new LiveAgent({ files }).start();
});
afterEach(() => agent.remove());

const setClock = (body: unknown) => agent.admin('/admin/clock', 'POST', body);

test('what is no time is refused', async () => {
  for (const body of [{}, { advanceMs: -1 }, { advanceMs: '1' }, { freeze: 1 }, { stop: true }, []]) {
    expect(await setClock(body)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('not what this route takes') },
    });
  }
});

test('a sweep in 60 seconds is done when setting the clock forward is answered', async () => {
  await setClock({ freeze: true });
  await agent.call('POST', '/port', [A, B]);
  await agent.call('POST', '/syncports');
  await agent.call('POST', '/port', B);
  await setClock({ advanceMs: 59_999 });
  expect((await agent.state()).ports).toHaveLength(2);
  expect(await setClock({ advanceMs: 1 })).toMatchObject({ status: 200, body: { frozen: true, pending: 0 } });
  expect(await agent.state()).toMatchObject({ deadlines: [], ports: [{ id: B.id }] });
  expect([...agent.portFiles().keys()]).toEqual([B.id]);
});

test('also while time goes by', async () => {
  await agent.call('POST', '/port', A);
  await agent.call('POST', '/syncports');
  expect(await setClock({ advanceMs: 60_000 })).toMatchObject({ body: { frozen: false } });
  expect((await agent.state()).ports).toEqual([]);
});

test('a sweep that cannot be saved is tried again on the way', async () => {
  await agent.call('POST', '/port', A);
  await setClock({ freeze: true });
  await agent.call('POST', '/syncports');
  files.failFrom(1, { count: Infinity });
  await setClock({ advanceMs: 62_500 });
  expect((await agent.state()).ports).toHaveLength(1);
  files.heal();
  await setClock({ advanceMs: 1_000 });
  expect((await agent.state()).ports).toEqual([]);
});

test('two at once are carried out one after the other', async () => {
  await setClock({ freeze: true });
  const { body: before } = await agent.admin('/admin/clock');
  await Promise.all([setClock({ advanceMs: 1_000 }), setClock({ advanceMs: 500 })]);
  const { body: after } = await agent.admin('/admin/clock');
  const nowMs = (state: unknown): number => (state as { nowMs: number }).nowMs;
  expect(nowMs(after) - nowMs(before)).toBe(1_500);
});
