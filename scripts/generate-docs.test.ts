import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outdated, pages, write } from './generate-docs.ts';

test('the generated pages say what the source says; otherwise: npm run docs', () => {
  expect(outdated()).toEqual([]);
});

test('a page that is missing or was changed by hand is noticed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vrouter-docs-'));
  try {
    const paths = pages().map(({ path }) => path);
    expect(outdated(folder)).toEqual(paths);
    write(folder);
    expect(outdated(folder)).toEqual([]);
    writeFileSync(join(folder, 'rest-errors.md'), 'better words');
    expect(outdated(folder)).toEqual(['rest-errors.md']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
