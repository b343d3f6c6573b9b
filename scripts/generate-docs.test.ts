import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorFiles, errorsPage, outdated, pages, write } from './generate-docs.ts';

test('the generated pages say what the source says; otherwise: npm run docs', async () => {
  expect(await outdated()).toEqual([]);
});

test('a page that is missing or was changed by hand is noticed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vrouter-docs-'));
  try {
    const paths = (await pages()).map(({ path }) => path);
    expect(await outdated(folder)).toEqual(paths);
    await write(folder);
    expect(await outdated(folder)).toEqual([]);
    writeFileSync(join(folder, 'rest-errors.md'), 'better words');
    expect(await outdated(folder)).toEqual(['rest-errors.md']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the page of errors has a section for each file of errors, and refuses one without any', async () => {
  const page = await errorsPage();
  expect(page.split('\n').filter((line) => line.startsWith('## '))).toHaveLength(errorFiles().length);
  expect(page).toContain('| `FOLDER_LOCKED` | Stop the process that is named');
  await expect(errorsPage(['scripts/generate-docs.ts'])).rejects.toThrow('exports no table of errors');
});
