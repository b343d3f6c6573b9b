import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

test('is new and empty, and goes with all it holds', () => {
  const [one, other] = [temporaryFolder(), temporaryFolder()];
  try {
    expect(one.path).not.toBe(other.path);
    expect(readdirSync(one.path)).toEqual([]);
    mkdirSync(join(one.path, 'deep'));
    writeFileSync(join(one.path, 'deep', 'file'), 'text');
  } finally {
    one.remove();
    other.remove();
  }
  expect(existsSync(one.path)).toBe(false);
  expect(() => one.remove()).not.toThrow();
});
