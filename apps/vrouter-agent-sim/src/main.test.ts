import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePortFile } from '@vrouter/port-model';
import {
  samplePort,
  seededRandom,
  startProcess,
  temporaryFolder,
  workspaceFile,
  type ManagedProcess,
  type ReadyInfo,
  type TemporaryFolder,
} from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminState } from './testing/live-agent.ts';

// Processes start, side by side and one after another, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const MAIN = workspaceFile('apps/vrouter-agent-sim/src/main.ts');
const A = samplePort(1);
const B = samplePort(2);

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
const FREE_PORTS = ['--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0'];

async function start(...flags: string[]): Promise<ManagedProcess<ReadyInfo>> {
  const readyFile = inFolder('ready.json');
  const args = [...FREE_PORTS, '--state-dir', inFolder('state'), '--ready-file', readyFile, ...flags];
  const started = await startProcess({ name: 'agent', file: MAIN, args, readyFile });
  processes.push(started);
  return started;
}

/** Runs the program to its end. */
async function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const started = await startProcess({ name: 'agent', file: MAIN, args });
  processes.push(started);
  const { code } = await started.exited;
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}

async function call(
  agent: ManagedProcess<ReadyInfo>,
  method: string,
  path: string,
  body?: unknown,
): Promise<number> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${agent.ready.url}${path}`, { method, ...init });
  await response.text();
  return response.status;
}

async function stateOf(agent: ManagedProcess<ReadyInfo>): Promise<AdminState> {
  return (await (await fetch(`${agent.ready.adminUrl}/admin/state`)).json()) as AdminState;
}

test('bad usage and bad configuration end with 2 and name what is wrong', async () => {
  const state = ['--state-dir', inFolder('state')];
  writeFileSync(inFolder('bad.yaml'), 'stateDirr: x\n');
  const cases: [string[], RegExp][] = [
    [['--nonsense'], /--nonsense/],
    [['serve', ...state], /There are no commands, only flags; got "serve"/],
    [[], /stateDir: expected a folder/],
    [[...state, '--profile', 'r9'], /profile: expected one of blueprint, r3\.1, r4\.1, tf; got "r9"/],
    [[...state, '--durability', 'hope'], /durability: expected one of journal, file; got "hope"/],
    [[...state, '--stale-timeout', 'soon'], /staleTimeout: expected seconds from 0 to 86400, got "soon"/],
    [[...state, '--listen', 'nowhere'], /listen: expected HOST:PORT/],
    [[...state, '--listen', '127.0.0.1:70000'], /listen: expected a port from 0 to 65535, got "127/],
    [[...state, '--listen-template', 'bogus'], /listenTemplate: expected .*\{i\+1\}:9091, got "bogus"/],
    [[...state, '--seed', 'x'], /seed: expected a whole number from 0 to 4294967295, got "x"/],
    [[...state, '--config-delivery', 'foo'], /configDelivery: expected one of auto, none, manual; got "foo"/],
    [[...state, '--agents', '2', '--listen-template', '127.0.0.1:9099'], /agents 1 and 2 .*\{i\}/],
    [[...state, '--config', inFolder('bad.yaml')], /stateDirr/],
    [[...state, '--config', inFolder('none.yaml')], /none\.yaml/],
  ];
  const results = await Promise.all(cases.map(async ([args]) => run(...args)));
  results.forEach((result, index) => {
    expect(result.stderr).toMatch(cases[index]![1]);
    expect(result.code).toBe(2);
  });
});

test('a folder that cannot be made ends the start with 1, at once, and is named', async () => {
  writeFileSync(inFolder('file'), '');
  const cases = [
    ['--state-dir', inFolder('file/below')],
    ['--state-dir', '/proc/below'],
    ['--state-dir', inFolder('state'), '--ports-dir', '/proc/below'],
    ['--state-dir', inFolder('other'), '--ready-file', '/proc/below/ready.json'],
  ];
  const results = await Promise.all(cases.map((args) => run(...FREE_PORTS, ...args)));
  for (const { code, stderr } of results) {
    expect(stderr).toMatch(/vrouter-agent-sim: Cannot|vrouter-agent-sim: The state folder/);
    expect(stderr).toMatch(/below.*\nMake the folder writable/);
    expect(code).toBe(1);
  }
});

test('help tells every flag, version tells the version', async () => {
  const help = await run('--help');
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('--stale-timeout SECONDS');
  expect(await run('--version')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test('a second agent on the same state folder is refused and told who has it; the first is left alone', async () => {
  const first = await start();
  const second = await run(...FREE_PORTS, '--state-dir', inFolder('state'));
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`vrouter-agent-sim with pid ${first.pid}`);
  expect(await call(first, 'POST', '/port', A)).toBe(200);
});

test('an address that is taken is refused and named', async () => {
  const first = await start();
  const address = new URL(first.ready.url).host;
  const second = await run(
    '--listen',
    address,
    '--admin-listen',
    '127.0.0.1:0',
    '--state-dir',
    inFolder('other'),
  );
  expect(second.stderr).toContain(`Cannot listen on ${address}`);
  expect(second.code).not.toBe(0);
});

test('SIGTERM ends it with 0 and takes the ready file away; the next start knows all ports', async () => {
  const first = await start('--name', 'one');
  expect(first.ready).toMatchObject({
    pid: first.pid,
    profile: 'blueprint',
    agents: [{ name: 'one', url: first.ready.url }],
  });
  await call(first, 'POST', '/port', [A, B]);
  await call(first, 'PUT', `/enable-port/${B.id}`);
  expect(await first.stop()).toEqual({ code: 0, signal: null });
  expect(existsSync(inFolder('ready.json'))).toBe(false);
  const second = await start();
  expect((await stateOf(second)).ports).toMatchObject([
    { id: A.id, linkState: 0 },
    { id: B.id, linkState: 1 },
  ]);
});

test('after SIGKILL every acknowledged change is there: ports, link states, marks and sweeps to come', async () => {
  const stale = samplePort(3);
  const first = await start('--stale-timeout', '3600');
  for (const port of [A, B, stale]) expect(await call(first, 'POST', '/port', port)).toBe(200);
  expect(await call(first, 'PUT', `/enable-port/${A.id}`)).toBe(200);
  expect(await call(first, 'POST', '/syncports')).toBe(200);
  expect(await call(first, 'POST', '/port', A)).toBe(200);
  expect(await call(first, 'POST', '/port', samplePort(2, { 'tx-vlan-id': 7 }))).toBe(200);
  await first.kill();

  const second = await start('--stale-timeout', '3600');
  const { generation, deadlines, ports } = await stateOf(second);
  expect({ generation, ports }).toMatchObject({
    generation: 1,
    ports: [
      { id: A.id, seen: true, linkState: 1 },
      { id: B.id, seen: true, linkState: 0, port: { 'tx-vlan-id': 7 } },
      { id: stale.id, seen: false },
    ],
  });
  expect(deadlines).toHaveLength(1);
});

test('SIGKILL at random moments under load loses nothing acknowledged', async () => {
  const random = seededRandom(20261122);
  const acknowledged = new Map<string, number>();
  /** Sent, not answered when the agent died: either value is right. */
  let unknown = new Map<string, number | undefined>();
  for (let round = 0; round < 4; round += 1) {
    const agent = await start();
    expectKept(await stateOf(agent), acknowledged, unknown);
    unknown = new Map();
    const killAfter = random.int(5, 60);
    let answeredCount = 0;
    let killed: Promise<unknown> | undefined;
    const client = async (number: number): Promise<void> => {
      for (let vlan = 0; killed === undefined; vlan = (vlan + 1) % 4096) {
        const port = samplePort(number * 10 + random.int(0, 3), { 'tx-vlan-id': vlan });
        const isAdd = random.next() < 0.8;
        unknown.set(port.id, isAdd ? vlan : undefined);
        try {
          const status = isAdd
            ? await call(agent, 'POST', '/port', port)
            : await call(agent, 'DELETE', `/port/${port.id}`);
          expect(status).toBe(200);
        } catch (error) {
          if (killed === undefined) throw error;
          return;
        }
        if (isAdd) acknowledged.set(port.id, vlan);
        else acknowledged.delete(port.id);
        unknown.delete(port.id);
        answeredCount += 1;
        if (answeredCount === killAfter) killed = agent.kill();
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, index) => client(index + 1)));
    await killed;
  }
  expectKept(await stateOf(await start()), acknowledged, unknown);
}, 120_000); // five starts

/** Also that table and folder agree. Brings `acknowledged` up to date with what turned out of the unknown. */
function expectKept(
  { ports, setAside }: AdminState,
  acknowledged: Map<string, number>,
  unknown: ReadonlyMap<string, number | undefined>,
): void {
  expect(setAside).toEqual([]);
  const found = new Map(ports.map(({ id, port }) => [id, port['tx-vlan-id']]));
  for (const id of new Set([...found.keys(), ...acknowledged.keys()])) {
    const allowed = unknown.has(id) ? [acknowledged.get(id), unknown.get(id)] : [acknowledged.get(id)];
    expect(allowed, id).toContain(found.get(id));
    const vlan = found.get(id);
    if (vlan === undefined) acknowledged.delete(id);
    else acknowledged.set(id, vlan);
  }
  for (const { id, port } of ports) {
    const file = parsePortFile(readFileSync(join(folder.path, 'state', 'ports', id), 'utf8'));
    expect(file).toMatchObject({ value: { port: { 'tx-vlan-id': port['tx-vlan-id'] } } });
  }
}
