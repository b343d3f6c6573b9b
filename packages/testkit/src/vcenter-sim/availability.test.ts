import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { vcenterSimAvailable, vcenterSimMissing } from './availability.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function pathWithGo(): string {
  const bin = join(folder.path, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'go'), '');
  chmodSync(join(bin, 'go'), 0o755);
  return `/nowhere:${bin}`;
}

test('names both packages when nothing is there', () => {
  expect(vcenterSimAvailable({ path: '', sources: '/nowhere' })).toEqual({
    available: false,
    reason: 'the vCenter simulator needs golang-go and golang-github-vmware-govmomi-dev',
    remedy:
      'scripts/system-packages, or apt-get install --no-install-recommends golang-go golang-github-vmware-govmomi-dev',
  });
});

test('names the one that is missing', () => {
  expect(vcenterSimAvailable({ path: pathWithGo(), sources: '/nowhere' })).toMatchObject({
    reason: 'the vCenter simulator needs golang-github-vmware-govmomi-dev',
  });
});

test('is content with a compiler and the sources', () => {
  expect(vcenterSimAvailable({ path: pathWithGo(), sources: folder.path })).toEqual({ available: true });
});

const NOTHING = { available: false, reason: 'no Go', remedy: 'get it' } as const;

test('a missing simulator is told, once per test file', () => {
  vi.stubEnv('VROUTER_REQUIRE_ALL', '');
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(vcenterSimMissing(NOTHING)).toBe(true);
  expect(write.mock.calls).toEqual([['SKIPPED vCenter simulator tests: no Go; to get it: get it\n']]);
});

test('a missing simulator is an error where everything is required', () => {
  vi.stubEnv('VROUTER_REQUIRE_ALL', '1');
  expect(() => vcenterSimMissing(NOTHING)).toThrow(/no Go; to get it: get it/);
});

test('a simulator that is there is not missing', () => {
  expect(vcenterSimMissing({ available: true })).toBe(false);
});
