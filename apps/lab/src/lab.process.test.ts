import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { paste, startLab, type LabProcess } from './testing/lab-process.ts';

/** The first ports are shown. */
const OPEN = /Ctrl-C stops all[^]*agent-2 +web-2 +10\.0\.1\.12 +confirmed +enabled$/m;

/** The commands that the lab proposes, in their order. */
function proposed(output: string): string[] {
  return [...output.matchAll(/^ {2}((?:sed|kill) .*)$/gm)].map(([, command]) => command ?? '');
}

async function expectNothingLeft(lab: LabProcess): Promise<void> {
  expect(lab.folder()).toBeUndefined();
  expect(await lab.processes()).toEqual([]);
}

test('wrong usage ends with 2 before anything is made', async () => {
  const lab = await startLab('--dmeo');
  expect(await lab.process.exited).toEqual({ code: 2, signal: null });
  expect(lab.process.stderr()).toContain('--dmeo');
  await expectNothingLeft(lab);
});

test('each proposed command works as it stands, then Ctrl-C leaves nothing', async () => {
  const lab = await startLab();
  await lab.waitForOutput(OPEN);
  const [powerOn = '', kill = '', owed = '', ...more] = proposed(lab.process.stdout());
  expect(more).toEqual([]);

  await paste(powerOn);
  await lab.waitForOutput(/^ *> +agent-2 +db-2 +10\.0\.2\.12 +confirmed +enabled$/m);

  await paste(kill);
  await lab.waitForOutput(/agent-1 \(pid \d+\) ended: SIGKILL/);
  await lab.waitForOutput(/^ *> +agent-1 +web-1 +10\.0\.1\.11 +confirmed +down, port on disk$/m);
  await lab.waitForOutput(/agent-1 is back/);
  await lab.waitForOutput(/is back[^]*> +agent-1 +web-1 +10\.0\.1\.11 +confirmed +enabled$/m);

  expect(JSON.parse(await paste(owed))).toMatchObject({
    retries: [{ agent: 'agent-2', operation: 'delete' }],
  });
  await lab.waitForOutput(/agent-2 is back/);

  lab.process.signal('SIGINT');
  expect(await lab.process.exited).toEqual({ code: 0, signal: null });
  await expectNothingLeft(lab);
}, 120_000);

test('SIGTERM while everything is still starting leaves nothing', async () => {
  const lab = await startLab();
  const folder = await waitFor(lab.folder, { what: 'the folder of the lab' });
  await waitFor(() => existsSync(join(folder, 'agent-1')), { what: 'an agent that is starting' });
  lab.process.signal('SIGTERM');
  expect(await lab.process.exited).toEqual({ code: 0, signal: null });
  expect(lab.process.stdout()).not.toMatch(OPEN);
  await expectNothingLeft(lab);
}, 120_000);

test('a named folder is kept and used again; a second lab in it is refused and named', async () => {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const stateDir = join(folder.path, 'my lab');

  const lab = await startLab('--state-dir', stateDir);
  await lab.waitForOutput(OPEN);
  await paste(proposed(lab.process.stdout())[0] ?? '');
  await lab.waitForOutput(/> +agent-2 +db-2 .*enabled$/m);

  const second = await startLab('--state-dir', stateDir);
  expect(await second.process.exited).toEqual({ code: 1, signal: null });
  expect(second.process.stderr()).toMatch(/is in use by vrouter-agent-sim with pid \d+/);

  lab.process.signal('SIGTERM');
  expect(await lab.process.exited).toEqual({ code: 0, signal: null });
  expect(readdirSync(join(stateDir, 'agent-2', 'ports'))).toHaveLength(2);

  const again = await startLab('--state-dir', stateDir);
  await again.waitForOutput(/agent-2 +db-2 +10\.0\.2\.12 +confirmed +enabled$/m);
  await again.process.stop();
}, 120_000);
