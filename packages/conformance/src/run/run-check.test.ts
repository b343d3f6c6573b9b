import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AgentUnderTest, Target } from '../agent/agent-under-test.ts';
import type { Check } from '../check.ts';
import { CannotCheck } from '../errors.ts';
import type { Means } from '../needs.ts';
import { runCheck } from './run-check.ts';

const MEANS: Means = {
  profile: 'blueprint',
  portsDir: false,
  canTamper: false,
  folderOutage: false,
  manySyncs: false,
  restart: false,
  sweep: false,
  config: undefined,
  admin: false,
  introspect: false,
};

let server: Server;
let requests: string[];
let status: number;
beforeEach(async () => {
  requests = [];
  status = 200;
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    request.resume();
    response.writeHead(status, { 'content-length': 2 }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function run(act: (agent: AgentUnderTest) => Promise<void>, check: Partial<Check> = {}, means = MEANS) {
  const { port } = server.address() as AddressInfo;
  const target: Target = {
    address: { host: '127.0.0.1', port },
    profile: 'blueprint',
    limits: { connectMsMax: 1000, responseMsMax: 1000, settleMsMax: 100 },
  };
  return runCheck(
    { name: 't/x', fact: '1', title: 'x', profiles: ['blueprint'], run: act, ...check },
    target,
    means,
  );
}

test('a check that lacks something is not run, and says what would bring it in', async () => {
  const result = await run(
    () => {
      throw new Error('it was run');
    },
    { needs: ['restart', 'sweep'] },
    { ...MEANS, sweep: true },
  );
  expect(result).toMatchObject({ outcome: 'left out', leftOut: { needs: ['restart'] } });
  expect(result.leftOut?.reason).toMatch(/^needs --restart-command CMD/);
  expect(requests).toEqual([]);
});

test('a mismatch fails the check, with what was expected and got', async () => {
  status = 500;
  const result = await run((agent) => agent.add(agent.port()));
  expect(result).toMatchObject({
    outcome: 'failed',
    problem: { message: 'status: expected 200, got 500', expected: '200', got: '500' },
  });
  expect(result.steps[0]).toMatchObject({
    sent: expect.stringContaining('POST /port HTTP/1.1') as string,
    came: expect.stringContaining('HTTP/1.1 500 Internal Server Error') as string,
    expected: ['status: 200'],
  });
});

test('ports are deleted afterwards, whatever became of the check', async () => {
  const ids: string[] = [];
  await run(async (agent) => {
    const port = agent.port();
    ids.push(port.id);
    await agent.add(port);
    throw new Error('and then it fails');
  });
  expect(requests).toEqual(['POST /port', `DELETE /port/${ids[0]}`]);
});

test('a check that passes but cannot clean up has failed', async () => {
  const result = await run(async (agent) => {
    await agent.add(agent.port());
    await new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    });
  });
  expect(result).toMatchObject({ outcome: 'failed' });
  expect(result.problem?.message).toMatch(/could not be deleted: .* cannot be reached/);
});

test('what cannot be checked here is left out, with the reason', async () => {
  const result = await run(() => Promise.reject(new CannotCheck('the folder is read-only')));
  expect(result).toMatchObject({
    outcome: 'left out',
    leftOut: { needs: [], reason: 'the folder is read-only' },
  });
});

test('a check that asks for what it did not say it needs is left out, not failed', async () => {
  for (const act of [
    (agent: AgentUnderTest) => Promise.resolve(agent.folder.names()),
    (agent: AgentUnderTest) => agent.restart(),
    (agent: AgentUnderTest) => agent.sync(),
  ]) {
    expect(await run(async (agent) => void (await act(agent)))).toMatchObject({ outcome: 'left out' });
  }
});
