import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { runBench } from './run-bench.ts';

const RESULT = { method: 'Guessed.', rounds: 5, rows: [{ name: 'a', value: 1, unit: 'x' }] };

function program(text: string): string {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const file = join(folder.path, 'bench.mjs');
  writeFileSync(file, text);
  return file;
}

const printing = (text: string): string => program(`process.stdout.write(${JSON.stringify(text)});`);

test('a benchmark that fails, or is killed, is told so', async () => {
  await expect(runBench(program('process.exit(3)'))).rejects.toThrow('ended with exit code 3');
  await expect(runBench(program('process.kill(process.pid, "SIGKILL")'))).rejects.toThrow(
    'ended with SIGKILL',
  );
});

test('anything but one result on standard output is refused, and shown', async () => {
  await expect(runBench(printing('fast!'))).rejects.toThrow('got "fast!"');
  await expect(runBench(printing(JSON.stringify({ ...RESULT, rows: [] })))).rejects.toThrow('rows');
  await expect(runBench(printing(JSON.stringify({ ...RESULT, rows: [{ name: 'a' }] })))).rejects.toThrow(
    'value',
  );
});

test('a benchmark that never ends is ended', async () => {
  const file = program('setInterval(() => {}, 1000)');
  await expect(runBench(file, { timeMsMax: 50 })).rejects.toThrow('more than 50 ms');
  await expect(runBench(file, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
});

test('a result is read, and rounds are passed on', async () => {
  const file = program(`
    const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]);
    process.stdout.write(JSON.stringify({ ...${JSON.stringify(RESULT)}, rounds }));
  `);
  expect(await runBench(file, { rounds: 7 })).toEqual({ ...RESULT, rounds: 7 });
  expect(await runBench(printing(JSON.stringify(RESULT)))).toEqual(RESULT);
});
