import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, workspaceFile, type TemporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KIT_ERRORS } from './errors.ts';
import { startProgram } from './testing/program.ts';

let folder: TemporaryFolder;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

test.each(Object.entries(KIT_ERRORS))(
  '%s is printed with its advice, and ends with its code',
  async (code, known) => {
    const child = await startProgram(
      folder.path,
      `await kit.runMain('app', async () => { throw new kit.StartError('${code}', 'What is wrong.'); });`,
    );
    expect(await child.exited).toEqual({ code: known.exitCode, signal: null });
    expect(child.stderr()).toBe(`app: What is wrong.\n${known.advice}\n`);
  },
);

test('a defect ends with 1 and shows its stack', async () => {
  const child = await startProgram(
    folder.path,
    "await kit.runMain('app', async () => { throw new TypeError('boom'); });",
  );
  expect(await child.exited).toEqual({ code: 1, signal: null });
  expect(child.stderr()).toMatch(/^app: TypeError: boom\n {4}at /);
});

test('something odd that is thrown still ends with 1', async () => {
  const child = await startProgram(folder.path, "await kit.runMain('app', () => Promise.reject(null));");
  expect(await child.exited).toEqual({ code: 1, signal: null });
  expect(child.stderr()).toBe('app: null\n');
});

test('a main that ends leaves the process to what it started', async () => {
  const child = await startProgram(folder.path, "await kit.runMain('app', async () => console.log('done'));");
  expect(await child.exited).toEqual({ code: 0, signal: null });
  expect(child.stdout()).toBe('done\n');
});

test('a reader that goes away ends nothing', () => {
  const file = join(folder.path, 'talks.mjs');
  const kit = JSON.stringify(workspaceFile('packages/service-kit/src/index.ts'));
  writeFileSync(
    file,
    `import { runMain } from ${kit};
     import { setImmediate as nextTurn } from 'node:timers/promises';
     await runMain('app', async () => {
       for (let line = 0; line < 10_000; line++) {
         process.stdout.write('a line of text\\n');
         await nextTurn();
       }
       process.exitCode = 3;
     });`,
  );
  const shell = spawnSync(
    'bash',
    ['-c', '"$0" "$1" | head -1; exit ${PIPESTATUS[0]}', process.execPath, file],
    {
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
  expect([shell.status, shell.stdout, shell.stderr]).toEqual([3, 'a line of text\n', '']);
});
