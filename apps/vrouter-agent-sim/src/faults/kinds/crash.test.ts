import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { samplePort, startProcess, temporaryFolder, workspaceFile } from '@vrouter/testkit';
import { expect, test } from 'vitest';

const MAIN = workspaceFile('apps/vrouter-agent-sim/src/main.ts');
const A = samplePort(1);

/** Six processes start one after another. */
const PROCESSES_MS_MAX = 90_000;

interface Crash {
  readonly heard: string;
  /** Was its file there between the two lives? */
  readonly hasFile: boolean;
  /** Is the port there in the next life? */
  readonly isKept: boolean;
}

/** What becomes of a port that is added. */
async function crashAt(at: string, match: { call?: string } = {}): Promise<Crash> {
  const folder = temporaryFolder();
  const start = () => {
    const readyFile = join(folder.path, 'ready.json');
    const free = ['--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0'];
    const args = [...free, '--state-dir', join(folder.path, 'state'), '--ready-file', readyFile];
    return startProcess({ name: 'agent', file: MAIN, args, readyFile });
  };
  try {
    const first = await start();
    const rules = [{ match, action: { kind: 'crash', at } }];
    await fetch(`${first.ready.adminUrl}/admin/faults`, { method: 'PUT', body: JSON.stringify({ rules }) });
    const heard = await fetch(`${first.ready.url}/port`, { method: 'POST', body: JSON.stringify(A) }).then(
      ({ status }) => `status ${status}`,
      () => 'nothing',
    );
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
    const hasFile = existsSync(join(folder.path, 'state/ports', A.id));
    const second = await start();
    const state = await (await fetch(`${second.ready.adminUrl}/admin/state`)).text();
    await second.kill();
    return { heard, hasFile, isKept: state.includes(A.id) };
  } finally {
    folder.remove();
  }
}

test(
  'the process dies before the change, after it, after the answer',
  { timeout: PROCESSES_MS_MAX },
  async () => {
    expect(await crashAt('before-apply')).toMatchObject({ heard: 'nothing', isKept: false });
    expect(await crashAt('after-apply')).toMatchObject({ heard: 'nothing', isKept: true });
    expect(await crashAt('after-answer')).toMatchObject({ heard: 'status 200', isKept: true });
  },
);

test(
  'the process dies before or after a call of the disk, before anybody was answered',
  { timeout: PROCESSES_MS_MAX },
  async () => {
    const heard = 'nothing';
    expect(await crashAt('before-call')).toEqual({ heard, hasFile: false, isKept: false });
    // The journal has the port by then; only its file is not there yet, or just came.
    const publish = { call: 'publish' };
    expect(await crashAt('before-call', publish)).toEqual({ heard, hasFile: false, isKept: true });
    expect(await crashAt('after-call', publish)).toEqual({ heard, hasFile: true, isKept: true });
  },
);
