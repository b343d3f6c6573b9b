import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  startProcess,
  temporaryFolder,
  waitFor,
  workspaceFile,
  type ManagedProcess,
  type ReadyInfo,
  type TemporaryFolder,
} from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

const MAIN = workspaceFile('apps/config-api-sim/src/main.ts');
const FREE_PORTS = ['--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0'];

let folder: TemporaryFolder;
let processes: ManagedProcess<ReadyInfo | undefined>[];
beforeEach(() => {
  folder = temporaryFolder();
  processes = [];
});
afterEach(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  folder.remove();
});

const inFolder = (name: string): string => join(folder.path, name);

async function start(...flags: string[]): Promise<ManagedProcess<ReadyInfo>> {
  const readyFile = inFolder('ready.json');
  const args = [...FREE_PORTS, '--state-dir', inFolder('state'), '--ready-file', readyFile, ...flags];
  const started = await startProcess({ name: 'config API', file: MAIN, args, readyFile });
  processes.push(started);
  return started;
}

async function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const started = await startProcess({ name: 'config API', file: MAIN, args });
  processes.push(started);
  const { code } = await started.exited;
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}

function post(server: ManagedProcess<ReadyInfo>, path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${server.ready.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

test('bad usage and bad configuration end with 2 and name what is wrong', async () => {
  const state = ['--state-dir', inFolder('state')];
  writeFileSync(inFolder('bad.yaml'), 'keystone: { accounts: [{ name: admin }] }\nstateDirr: x\n');
  const cases: [string[], RegExp][] = [
    [['--nonsense'], /--nonsense/],
    [['serve', ...state], /There are no commands, only flags; got "serve"/],
    [[], /stateDir: expected a folder/],
    [[...state, '--auth', 'maybe'], /auth: /],
    [[...state, '--listen', 'nowhere'], /listen: expected HOST:PORT/],
    [[...state, '--config', inFolder('bad.yaml')], /keystone\.accounts\.0\.password[^]*stateDirr/],
  ];
  const results = await Promise.all(cases.map(async ([args]) => run(...args)));
  results.forEach((result, index) => {
    expect(result.stderr).toMatch(cases[index]![1]);
    expect(result.code).toBe(2);
  });
});

test('help tells every flag, version tells the version', async () => {
  const [help, version] = await Promise.all([run('--help'), run('--version')]);
  expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('--auth NAME') });
  expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test('a second server on the same state folder is refused and told who has it; the first is left alone', async () => {
  const first = await start();
  const second = await run(...FREE_PORTS, '--state-dir', inFolder('state'));
  expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining(`pid ${first.pid}`) });
  expect((await fetch(`${first.ready.url}/projects`)).status).toBe(200);
});

test('what was answered survives SIGKILL, and stopping takes the ready file away and exits with 0', async () => {
  const first = await start();
  expect(first.ready).toMatchObject({ pid: first.pid, version: expect.any(String) });
  const created = await post(first, '/virtual-machines', { 'virtual-machine': { fq_name: ['vm-1'] } });
  expect(created.status).toBe(200);
  const before = await (await fetch(`${first.ready.adminUrl}/admin/snapshot`)).text();
  await first.kill();
  const second = await start();
  expect(await (await fetch(`${second.ready.adminUrl}/admin/snapshot`)).text()).toBe(before);
  expect(await second.stop()).toEqual({ code: 0, signal: null });
});

test('a request that is held back is cut when the server has stopped long enough', async () => {
  writeFileSync(inFolder('config.yaml'), 'limits: { stopMsMax: 50 }\n');
  const server = await start('--config', inFolder('config.yaml'));
  const rules = [{ effect: { kind: 'latency', delayMs: 600_000 } }];
  await fetch(`${server.ready.adminUrl}/admin/faults`, { method: 'PUT', body: JSON.stringify({ rules }) });
  const held = fetch(`${server.ready.url}/projects`).catch((error: Error) => error.message);
  const countRequests = async (): Promise<number> => {
    const counters = await (await fetch(`${server.ready.adminUrl}/admin/counters`)).json();
    return (counters as { requests: { total: number } }).requests.total;
  };
  await waitFor(async () => (await countRequests()) === 1, { what: 'the request to arrive' });
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  expect(await held).toBe('fetch failed');
});
