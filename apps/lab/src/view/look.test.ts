import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { look } from './look.ts';

/** A server that answers with the JSON of `answers`, by path; 500 for all else. Returns its URL. */
async function serve(answers: Readonly<Record<string, unknown>>): Promise<string> {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.statusCode = answer === undefined ? 500 : 200;
    response.end(JSON.stringify(answer ?? { error: 'no' }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function emptyFolder(): string {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

test('who answers with an error, or only in part, counts as down', async () => {
  const url = await serve({
    '/introspect/ports': { ports: [] },
    '/admin/state': { ports: [], deadlines: [] },
  });
  const agent = { name: 'agent-1', adminUrl: url, portsDir: emptyFolder() };
  expect(await look({ agents: [agent], plugin: { url } })).toEqual({
    agents: [{ name: 'agent-1', filedIds: [], state: undefined }],
    plugin: undefined,
  });
});

test('a folder that is gone holds no files', async () => {
  const url = await serve({});
  const agent = { name: 'agent-1', adminUrl: url, portsDir: join(emptyFolder(), 'gone') };
  expect((await look({ agents: [agent], plugin: { url } })).agents[0]?.filedIds).toEqual([]);
});

test('what both sides say is put together', async () => {
  const retries = [{ agent: 'agent-1', portId: 'p', operation: 'add' }];
  const requests = [{ seq: 1, operation: 'sync', portIds: [], status: 200 }];
  const url = await serve({
    '/introspect/ports': { ports: [] },
    '/introspect/retries': { retries },
    '/admin/state': { ports: [], deadlines: [5] },
    '/admin/requests': { requests },
  });
  const agent = { name: 'agent-1', adminUrl: url, portsDir: emptyFolder() };
  expect(await look({ agents: [agent], plugin: { url } })).toEqual({
    agents: [{ name: 'agent-1', filedIds: [], state: { ports: [], deadlines: [5], requests } }],
    plugin: { ports: [], retries },
  });
});
