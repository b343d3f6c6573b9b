import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { openLabFolder } from './lab-folder.ts';

function scratch(): string {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

test('a folder that cannot be made is an error that names it', () => {
  const file = join(scratch(), 'file');
  writeFileSync(file, '');
  expect(() => openLabFolder({ stateDir: file, demo: false })).toThrow(/--state-dir: .*file/);
});

test('the demo refuses a folder with something in it, and leaves it as it is', () => {
  const stateDir = scratch();
  writeFileSync(join(stateDir, 'mine'), '');
  expect(() => openLabFolder({ stateDir, demo: true })).toThrow(
    /expected an empty folder, got .* with mine in it/,
  );
  expect(readdirSync(stateDir)).toEqual(['mine']);
});

test('a named folder is made, and kept at the end', () => {
  const stateDir = join(scratch(), 'new', 'deeper');
  const folder = openLabFolder({ stateDir, demo: true });
  expect(folder.path).toBe(stateDir);
  folder.release();
  expect(existsSync(stateDir)).toBe(true);
});

test('a temporary folder goes at the end with all it holds', () => {
  const folder = openLabFolder({ stateDir: undefined, demo: false });
  writeFileSync(join(folder.path, 'file'), '');
  folder.release();
  expect(existsSync(folder.path)).toBe(false);
});
