import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seedOfCommit } from './seed-of-commit.ts';

test('a commit has one seed, another commit another, and no commit any', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vrouter-test-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
  try {
    expect(seedOfCommit(join(folder, 'nowhere'))).toBeLessThan(2 ** 32);
    git('init', '-q');
    git('commit', '-q', '--allow-empty', '-m', 'one');
    const first = seedOfCommit(folder);
    expect(seedOfCommit(folder)).toBe(first);
    git('commit', '-q', '--allow-empty', '-m', 'two');
    expect(seedOfCommit(folder)).not.toBe(first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
