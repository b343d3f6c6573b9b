import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearReadyFile, writeReadyFile } from './ready-file.ts';
import { startProgram } from './testing/program.ts';

let folder: TemporaryFolder;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

const READY = { url: 'http://127.0.0.1:1', pid: 7, version: '1.0.0' };

test('is one line of JSON, and goes when it is cleared', () => {
  const file = join(folder.path, 'ready.json');
  writeReadyFile(file, READY);
  expect(readFileSync(file, 'utf8')).toBe(`${JSON.stringify(READY)}\n`);
  clearReadyFile(file);
  expect(existsSync(file)).toBe(false);
  expect(() => clearReadyFile(file)).not.toThrow();
});

test('without a path nothing is written', () => {
  writeReadyFile(undefined, READY);
  clearReadyFile(undefined);
  expect(readdirSync(folder.path)).toEqual([]);
});

test('is never seen half written', async () => {
  const file = join(folder.path, 'ready.json');
  const long = 'x'.repeat(200_000);
  writeReadyFile(file, { ...READY, version: long });
  const writer = await startProgram(
    folder.path,
    `console.error('up'); for (;;) kit.writeReadyFile(${JSON.stringify(file)}, { url: 'u', pid: 1, version: 'y'.repeat(200_000) });`,
  );
  try {
    await writer.waitForLog((line) => line === 'up', 'its start');
    const seen = new Set<string>();
    for (let count = 0; count < 300; count++) {
      const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
      expect(version).toHaveLength(200_000);
      seen.add(version.charAt(0));
    }
    expect(seen.has('y')).toBe(true);
  } finally {
    await writer.kill();
  }
});
