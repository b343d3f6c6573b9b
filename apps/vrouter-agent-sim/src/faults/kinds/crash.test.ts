import { join } from 'node:path';
import { samplePort, startProcess, temporaryFolder, workspaceFile } from '@vrouter/testkit';
import { expect, test } from 'vitest';

const MAIN = workspaceFile('apps/vrouter-agent-sim/src/main.ts');
const A = samplePort(1);

/** Six processes start one after another. */
const PROCESSES_MS_MAX = 90_000;

/** What a client hears, and whether the port is there in the next life. */
async function crashAt(at: string): Promise<{ heard: string; isKept: boolean }> {
  const folder = temporaryFolder();
  const start = () => {
    const readyFile = join(folder.path, 'ready.json');
    const free = ['--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0'];
    const args = [...free, '--state-dir', join(folder.path, 'state'), '--ready-file', readyFile];
    return startProcess({ name: 'agent', file: MAIN, args, readyFile });
  };
  try {
    const first = await start();
    const rules = [{ action: { kind: 'crash', at } }];
    await fetch(`${first.ready.adminUrl}/admin/faults`, { method: 'PUT', body: JSON.stringify({ rules }) });
    const heard = await fetch(`${first.ready.url}/port`, { method: 'POST', body: JSON.stringify(A) }).then(
      ({ status }) => `status ${status}`,
      () => 'nothing',
    );
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
    const second = await start();
    const state = await (await fetch(`${second.ready.adminUrl}/admin/state`)).text();
    await second.kill();
    return { heard, isKept: state.includes(A.id) };
  } finally {
    folder.remove();
  }
}

test(
  'the process dies before the change, after it, after the answer',
  { timeout: PROCESSES_MS_MAX },
  async () => {
    expect(await crashAt('before-apply')).toEqual({ heard: 'nothing', isKept: false });
    expect(await crashAt('after-apply')).toEqual({ heard: 'nothing', isKept: true });
    expect(await crashAt('after-answer')).toEqual({ heard: 'status 200', isKept: true });
  },
);

test('the process dies at a call of the disk, before anybody was answered', async () => {
  expect(await crashAt('before-call')).toEqual({ heard: 'nothing', isKept: false });
});
