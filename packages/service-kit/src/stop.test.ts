import { temporaryFolder, type ManagedProcess, type TemporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startProgram, STAY } from './testing/program.ts';

let folder: TemporaryFolder;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

const say = 'const say = (text) => process.stderr.write(text + "\\n");';

/** A program that stops gracefully; `body` runs once it is set up. */
async function start(onStop: string, body: string, options = ''): Promise<ManagedProcess> {
  const child = await startProgram(
    folder.path,
    `${say}
     const { stop } = kit.stopGracefully({
       onStop: async ({ signal, error }) => { say('stopping ' + (signal ?? error?.message)); ${onStop} },
       log: (message) => say('log ' + message),
       ${options}
     });
     say('up'); ${body}`,
  );
  await child.waitForLog((line) => line === 'up', 'its start');
  return child;
}

const stops = (child: ManagedProcess): string[] =>
  child
    .stderr()
    .split('\n')
    .filter((line) => line.startsWith('stopping'));

test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const)('%s stops with 0', async (signal) => {
  const child = await start('', STAY);
  child.signal(signal);
  expect(await child.exited).toEqual({ code: 0, signal: null });
  expect(stops(child)).toEqual([`stopping ${signal}`]);
});

test('repeats of a signal, and another one, neither hurry nor repeat the stop', async () => {
  const child = await start(
    `await new Promise((go) => { process.on('SIGUSR1', go); say('waiting'); });`,
    STAY,
  );
  child.signal('SIGTERM');
  await child.waitForLog((line) => line === 'waiting', 'its stop to begin');
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const) child.signal(signal);
  child.signal('SIGUSR1');
  expect(await child.exited).toEqual({ code: 0, signal: null });
  expect(stops(child)).toEqual(['stopping SIGTERM']);
});

test('stop() stops with 0', async () => {
  const child = await start('', `stop(); stop();${STAY}`);
  expect(await child.exited).toEqual({ code: 0, signal: null });
  expect(stops(child)).toEqual(['stopping stop']);
});

test.each([
  ['an uncaught error', 'setImmediate(() => { throw new Error("boom"); });'],
  ['an unhandled rejection', 'void Promise.reject(new Error("boom"));'],
  ['a rejection with a text', 'void Promise.reject("boom");'],
])('%s stops with 1', async (_name, body) => {
  const child = await start('', `${body}${STAY}`);
  expect(await child.exited).toEqual({ code: 1, signal: null });
  expect(stops(child)).toEqual(['stopping boom']);
});

test('a signal that follows a defect changes neither the stop nor the exit code', async () => {
  const child = await start(
    `await new Promise((go) => { process.on('SIGUSR1', go); say('waiting'); });`,
    `setImmediate(() => { throw new Error("boom"); });${STAY}`,
  );
  await child.waitForLog((line) => line === 'waiting', 'its stop to begin');
  child.signal('SIGTERM');
  child.signal('SIGUSR1');
  expect(await child.exited).toEqual({ code: 1, signal: null });
  expect(stops(child)).toEqual(['stopping boom']);
});

test('a stop that fails ends with 1 and says why', async () => {
  const child = await start('throw new Error("disk full");', STAY);
  child.signal('SIGTERM');
  expect(await child.exited).toEqual({ code: 1, signal: null });
  expect(child.stderr()).toContain('log disk full');
});

test('a stop that never ends is ended with 1', async () => {
  const child = await start('await new Promise(() => {});', STAY, 'stopMsMax: 50,');
  child.signal('SIGTERM');
  expect(await child.exited).toEqual({ code: 1, signal: null });
  expect(child.stderr()).toContain('log killed by timeout (50ms)');
});

test('a process with nothing left to do did not end as asked', async () => {
  const child = await start('', '');
  expect(await child.exited).toEqual({ code: 1, signal: null });
  expect(stops(child)).toEqual(['stopping Nobody asked to stop, but nothing is left to do']);
});
