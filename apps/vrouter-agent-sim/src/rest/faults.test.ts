import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { samplePort } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { FaultyFileSystem } from '../testing/faulty-file-system.ts';
import { LiveAgent } from '../testing/live-agent.ts';

const A = samplePort(1);
const B = samplePort(2);
const OK = { status: 200, body: {} };

let agent: LiveAgent | undefined;
afterEach(() => agent?.remove());

test('on a disk that takes nothing every change is a 500, reads go on, and all heals without restart', async () => {
  const files = new FaultyFileSystem();
  agent = await new LiveAgent({ files }).start();
  await agent.call('POST', '/port', A);
  const changed = samplePort(1, { 'tx-vlan-id': 7 });
  const changes: [string, string, unknown?][] = [
    ['POST', '/port', changed],
    ['POST', '/port', [changed, B]],
    ['PUT', `/enable-port/${A.id}`],
    ['DELETE', `/port/${A.id}`],
    ['POST', '/syncports'],
  ];
  const before = { state: await agent.state(), files: agent.portFiles() };
  files.failFrom(1, { count: Infinity });
  for (const change of changes) {
    expect(await agent.call(...change)).toEqual({
      status: 500,
      body: { error: 'The change could not be saved: ENOSPC: no space left on device' },
    });
  }
  expect(await agent.call('GET', `/port/${A.id}`)).toMatchObject({
    status: 200,
    body: { 'tx-vlan-id': 100 },
  });
  files.heal();
  expect({ state: await agent.state(), files: agent.portFiles() }).toEqual(before);
  for (const change of changes) expect(await agent.call(...change)).toEqual(OK);
  expect([...agent.portFiles().keys()]).toEqual([B.id]);
});

test('a real obstacle: the ports folder replaced by a file', async () => {
  agent = await new LiveAgent().start();
  await agent.call('POST', '/port', A);
  const away = `${agent.portsDir}-away`;
  renameSync(agent.portsDir, away);
  for (const body of [B, [B, A]]) {
    expect(await agent.call('POST', '/port', body)).toMatchObject({
      status: 500,
      body: { error: expect.stringContaining('ENOENT') },
    });
  }
  renameSync(away, agent.portsDir);
  expect(await agent.call('POST', '/port', [A, B])).toEqual(OK);
  expect([...agent.portFiles().keys()]).toEqual([A.id, B.id]);
});

test('a real obstacle half way through an array: nothing of it stays', async () => {
  agent = await new LiveAgent().start();
  await agent.call('POST', '/port', A);
  mkdirSync(join(agent.portsDir, B.id));
  const changed = samplePort(1, { 'tx-vlan-id': 7 });
  expect(await agent.call('POST', '/port', [changed, samplePort(3), B])).toMatchObject({ status: 500 });
  const many = Array.from({ length: 60 }, (_, index) => samplePort(10 + index)); // more than are written at once
  expect(await agent.call('POST', '/port', [...many, B])).toMatchObject({ status: 500 });
  rmSync(join(agent.portsDir, B.id), { recursive: true });
  expect(agent.portFiles()).toEqual(new Map([[A.id, { port: A, linkState: 0 }]]));
  expect(await agent.call('GET', `/port/${A.id}`)).toMatchObject({ body: { 'tx-vlan-id': 100 } });
  expect(await agent.call('POST', '/port', [changed, samplePort(3), B])).toEqual(OK);
});
