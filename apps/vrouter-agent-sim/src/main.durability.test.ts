import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Port } from '@vrouter/port-model';
import {
  samplePort,
  startProcess,
  temporaryFolder,
  workspaceFile,
  type ManagedProcess,
  type ReadyInfo,
} from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AdminState } from './testing/live-agent.ts';

/** Processes start one after another, on a machine that may be busy. */
const TIME_MS_MAX = 90_000;
const PORTS = [1, 2, 3].map((number) => samplePort(number));
const IDS = PORTS.map(({ id }) => id);

let folder: ReturnType<typeof temporaryFolder>;
let agent: ManagedProcess<ReadyInfo> | undefined;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await agent?.kill();
  folder.remove();
});

const stateFile = (name: string): string => join(folder.path, 'state', name);

async function start(durability: 'journal' | 'file' = 'journal'): Promise<ManagedProcess<ReadyInfo>> {
  const readyFile = join(folder.path, 'ready.json');
  const listen = ['--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0'];
  const where = ['--state-dir', join(folder.path, 'state'), '--ready-file', readyFile];
  agent = await startProcess({
    name: 'agent',
    file: workspaceFile('apps/vrouter-agent-sim/src/main.ts'),
    args: [...listen, ...where, '--stale-timeout', '3600', '--durability', durability],
    readyFile,
  });
  return agent;
}

async function send(method: string, path: string, port?: Port): Promise<void> {
  const init = port === undefined ? {} : { body: JSON.stringify(port) };
  const answer = await fetch(`${agent?.ready.url}${path}`, { method, ...init });
  expect(await answer.text()).toBe('{}');
}

async function state(): Promise<AdminState> {
  return (await (await fetch(`${agent?.ready.adminUrl}/admin/state`)).json()) as AdminState;
}

const idsOf = ({ ports }: AdminState): string[] => ports.map(({ id }) => id).sort();

/** Three ports, of which the last was changed, killed in the middle of life. */
async function killedAfterThreePorts(): Promise<void> {
  const first = await start();
  for (const port of PORTS) await send('POST', '/port', port);
  await send('PUT', `/enable-port/${IDS[2]}`);
  await first.kill();
}

test(
  'switched from file to journal and back, on one folder, everything goes along',
  async () => {
    const first = await start('file');
    await send('POST', '/port', PORTS[0]);
    await send('POST', '/port', PORTS[1]);
    await send('PUT', `/enable-port/${IDS[0]}`);
    await send('POST', '/syncports');
    await send('POST', '/port', PORTS[0]);
    await first.stop();

    const second = await start('journal');
    const taken = await state();
    expect(taken).toMatchObject({
      generation: 1,
      deadlines: [expect.any(Number)],
      ports: [
        { id: IDS[0], seen: true, linkState: 1 },
        { id: IDS[1], seen: false, linkState: 0 },
      ],
    });
    await send('POST', '/port', PORTS[2]);
    await second.kill();

    await start('file');
    expect(await state()).toMatchObject({
      generation: 1,
      deadlines: [expect.any(Number)],
      ports: [
        { id: IDS[0], seen: true, linkState: 1 },
        { id: IDS[1], seen: false },
        { id: IDS[2], seen: true },
      ],
      setAside: [],
    });
    expect(existsSync(stateFile('journal'))).toBe(false);
    expect(readdirSync(stateFile('ports')).sort()).toEqual(IDS);
  },
  TIME_MS_MAX,
);

test(
  'a torn last line was never acknowledged: it is cut off, and nothing is said of it',
  async () => {
    await killedAfterThreePorts();
    appendFileSync(stateFile('journal'), '0badc0de {"removed":["' + IDS[0]);
    await start();
    expect(await state()).toMatchObject({ setAside: [], ports: [{}, {}, { id: IDS[2], linkState: 1 }] });
  },
  TIME_MS_MAX,
);

test(
  'a damaged line in the middle is reported and kept; all else counts, and the next start is clean',
  async () => {
    await killedAfterThreePorts();
    const lines = readFileSync(stateFile('journal'), 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes(IDS[1] ?? ''));
    expect(at).toBeGreaterThan(0);
    lines[at] = lines[at]?.replace('{', '[') ?? '';
    writeFileSync(stateFile('journal'), lines.join('\n'));

    const second = await start();
    const damaged = await state();
    expect(damaged.setAside).toMatchObject([
      { name: 'journal', reason: expect.stringContaining(`line ${at + 1}`) },
    ]);
    expect(idsOf(damaged)).toEqual(IDS); // the one of that line is what its file says
    await second.stop();
    await start();
    expect(await state()).toMatchObject({ setAside: [], ports: [{}, {}, { linkState: 1 }] });
  },
  TIME_MS_MAX,
);

test(
  'without its journal, an agent takes every port from its file',
  async () => {
    const first = await start();
    for (const port of PORTS) await send('POST', '/port', port);
    await first.stop();
    rmSync(stateFile('journal'));
    await start();
    expect(idsOf(await state())).toEqual(IDS);
    expect(existsSync(stateFile('journal'))).toBe(true);
  },
  TIME_MS_MAX,
);
