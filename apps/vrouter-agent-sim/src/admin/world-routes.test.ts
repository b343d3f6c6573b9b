import { samplePort } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FaultyFileSystem } from '../testing/faulty-file-system.ts';
import { LiveAgent } from '../testing/live-agent.ts';

const [A, B, C] = [samplePort(1), samplePort(2), samplePort(3)];

let agent: LiveAgent;
let files: FaultyFileSystem;
beforeEach(async () => {
  files = new FaultyFileSystem();
  agent = await new LiveAgent({ files, durability: 'file' }).start();
  await agent.admin('/admin/clock', 'POST', { freeze: true });
});
afterEach(() => agent.remove());

test('a snapshot that is none is refused, the bad part is named, and nothing changes', async () => {
  await agent.call('POST', '/port', A);
  const good = { format: 1, generation: 1, deadlines: [], ports: [{ generation: 1, port: B }] };
  const cases: [unknown, RegExp][] = [
    [{ ...good, format: 2 }, /format/],
    [{ ...good, extra: 1 }, /extra/],
    [{ ...good, deadlines: [{ generation: 2, remainingMs: 1 }] }, /deadlines: expected no generation beyond/],
    [{ ...good, ports: [{ generation: 2, port: B }] }, /ports: expected no generation beyond/],
    [{ ...good, ports: [{ generation: 0, port: { ...B, type: 9 } }] }, /element 0: type/],
    [{ ...good, ports: [...good.ports, ...good.ports] }, /element 1: .* comes twice/],
    [undefined, /expected JSON/],
  ];
  for (const [body, error] of cases) {
    expect(await agent.admin('/admin/snapshot', 'PUT', body)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(error) },
    });
  }
  expect([...agent.portFiles().keys()]).toEqual([A.id]);
});

test('a snapshot that cannot be saved leaves everything as it was', async () => {
  await agent.call('POST', '/port', A);
  const before = (await agent.admin('/admin/snapshot')).body;
  files.failFrom(1, { count: Infinity });
  const empty = { format: 1, generation: 0, deadlines: [], ports: [] };
  expect(await agent.admin('/admin/snapshot', 'PUT', empty)).toMatchObject({ status: 500 });
  files.heal();
  expect((await agent.admin('/admin/snapshot')).body).toEqual(before);
  expect([...agent.portFiles().keys()]).toEqual([A.id]);
});

test('a world is what it was when its snapshot is loaded, on disk too, and time goes on for its sweeps', async () => {
  await agent.call('POST', '/port', [A, B]);
  await agent.call('PUT', `/enable-port/${B.id}`);
  await agent.call('POST', '/syncports');
  await agent.call('POST', '/port', B);
  await agent.admin('/admin/clock', 'POST', { advanceMs: 20_000 });
  const { body: snapshot } = await agent.admin('/admin/snapshot');
  expect(snapshot).toMatchObject({
    format: 1,
    generation: 1,
    deadlines: [{ generation: 1, remainingMs: 40_000 }],
    ports: [
      { seen: false, generation: 0, port: { id: A.id } },
      { seen: true, generation: 1, port: { id: B.id, 'link-state': 1 } },
    ],
  });
  await agent.call('DELETE', `/port/${A.id}`);
  await agent.call('POST', '/port', C);
  await agent.call('POST', '/syncports');
  expect(await agent.admin('/admin/snapshot', 'PUT', snapshot)).toEqual({ status: 200, body: {} });
  expect((await agent.admin('/admin/snapshot')).body).toEqual(snapshot);
  expect([...agent.portFiles().keys()].toSorted()).toEqual([A.id, B.id].toSorted());
  await agent.admin('/admin/clock', 'POST', { advanceMs: 39_999 });
  expect((await agent.state()).ports).toHaveLength(2);
  await agent.admin('/admin/clock', 'POST', { advanceMs: 1 });
  expect((await agent.state()).ports).toMatchObject([{ id: B.id, linkState: 1 }]);
});

test('after a reset there is nothing left, and requests are counted anew', async () => {
  await agent.call('POST', '/port', [A, B]);
  await agent.call('POST', '/syncports');
  expect(await agent.admin('/admin/reset', 'POST')).toEqual({ status: 200, body: {} });
  expect(await agent.state()).toEqual({ generation: 0, deadlines: [], ports: [], setAside: [] });
  expect(agent.portFiles().size).toBe(0);
  expect((await agent.admin('/admin/clock')).body).toMatchObject({ frozen: false });
  await agent.call('POST', '/port', C);
  expect((await agent.admin('/admin/requests')).body).toMatchObject({ dropped: 0, requests: [{ seq: 1 }] });
});
