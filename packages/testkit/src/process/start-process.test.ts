import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.ts';
import { waitFor } from '../wait-for.ts';
import { workspaceFile } from '../workspace-file.ts';
import { startProcess } from './start-process.ts';

let folder: TemporaryFolder;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

/** A program of one line in a file of its own. */
function program(source: string): string {
  const path = join(folder.path, 'program.mjs');
  writeFileSync(path, `import { writeFileSync } from 'node:fs';\n${source}`);
  return path;
}

const STAY = 'setInterval(() => {}, 1000);';

/** The kernel's letter for what the process does; undefined when it is gone, or a zombie that waits for init. */
function stateOf(pid: number): string | undefined {
  const file = `/proc/${pid}/stat`;
  const state = existsSync(file) ? /\) (\w)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return state === 'Z' ? undefined : state;
}

test('waits for the ready file, not for one from an earlier life', async () => {
  const readyFile = join(folder.path, 'ready.json');
  writeFileSync(readyFile, '{"url":"http://old"}');
  const file = program(`writeFileSync(process.argv[2], JSON.stringify({ url: process.env.WHERE }));${STAY}`);
  const child = await startProcess({
    name: 'app',
    file,
    args: [readyFile],
    env: { WHERE: 'http://new' },
    readyFile,
  });
  expect(child.ready.url).toBe('http://new');
  expect(await child.kill()).toEqual({ code: null, signal: 'SIGKILL' });
});

test('a process that exits before it is ready is an early error with its last words', async () => {
  const file = program('console.error("no such key: colour"); process.exitCode = 2;');
  const start = startProcess({ name: 'app', file, readyFile: join(folder.path, 'ready.json') });
  await expect(start).rejects.toMatchObject({
    code: 'PROCESS_EXITED_EARLY',
    message: expect.stringMatching(/app ended with code 2 .*\n.*no such key: colour/),
  });
});

test('a process that is never ready is killed', async () => {
  const file = program(`console.error(process.pid);${STAY}`);
  const start = startProcess({
    name: 'app',
    file,
    readyFile: join(folder.path, 'ready.json'),
    readyTimeoutMs: 80,
  });
  const error = await start.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(error).toMatchObject({ code: 'PROCESS_NOT_READY' });
  const pid = /^\d+$/m.exec(error?.message ?? '')?.[0];
  expect(pid === undefined ? undefined : stateOf(Number(pid))).toBeUndefined();
});

test('a program that is not there is an error', async () => {
  const start = startProcess({ name: 'app', command: join(folder.path, 'none') });
  await expect(start).rejects.toMatchObject({ code: 'PROCESS_NOT_STARTED' });
});

test('stop lets it end in order', async () => {
  const file = program(
    `process.on('SIGTERM', () => { console.log('bye'); process.exit(3); }); console.error('up');${STAY}`,
  );
  const child = await startProcess({ name: 'app', file });
  await child.waitForLog((line) => line === 'up', 'up');
  expect(await child.stop()).toEqual({ code: 3, signal: null });
  expect(child.stdout()).toBe('bye\n');
  expect(await child.stop()).toEqual({ code: 3, signal: null });
});

test('a paused process does nothing, goes on when resumed, and can be stopped while paused', async () => {
  const file = program(`console.error('up'); setInterval(() => console.log('tick'), 5);`);
  const child = await startProcess({ name: 'app', file });
  await child.waitForLog((line) => line === 'tick', 'a tick');
  child.pause();
  await waitFor(() => stateOf(child.pid) === 'T', { what: 'the process to be stopped' });
  child.resume();
  await waitFor(() => stateOf(child.pid) !== 'T', { what: 'the process to go on' });
  child.pause();
  await waitFor(() => stateOf(child.pid) === 'T', { what: 'the process to be stopped' });
  expect(await child.stop()).toEqual({ code: null, signal: 'SIGTERM' });
});

test('waiting for a log line ends when the process does', async () => {
  const child = await startProcess({ name: 'app', file: program('console.error("only this");') });
  const wait = child.waitForLog((line) => line === 'that', 'that');
  await expect(wait).rejects.toMatchObject({
    code: 'PROCESS_EXITED_EARLY',
    message: expect.stringContaining('only this'),
  });
  expect(await child.waitForLog((line) => line === 'only this', 'this')).toBe('only this');
});

test('children do not outlive the test process, even when that is killed', async () => {
  const testkit = workspaceFile('packages/testkit/src/index.ts');
  const inner = program(`console.log(process.pid);${STAY}`);
  const outerFile = join(folder.path, 'outer.mjs');
  writeFileSync(
    outerFile,
    `import { startProcess } from ${JSON.stringify(testkit)};
     const child = await startProcess({ name: 'inner', file: ${JSON.stringify(inner)} });
     await child.waitForLog(() => true, 'its pid');
     console.log(child.pid);`,
  );
  const outer = await startProcess({ name: 'outer', file: outerFile });
  const innerPid = Number(await outer.waitForLog((line) => /^\d+$/.test(line), 'the inner pid'));
  expect(stateOf(innerPid)).toBeDefined();
  await outer.kill();
  await waitFor(() => stateOf(innerPid) === undefined, { what: 'the inner process to be gone' });
});
