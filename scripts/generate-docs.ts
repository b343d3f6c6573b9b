// node scripts/generate-docs.ts           writes the pages of docs/reference that are made from the source
// node scripts/generate-docs.ts --check   only tells which of them are out of date, and exits 1 if any is
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import portModel from '../packages/port-model/package.json' with { type: 'json' };
import { portModelPages, type Page } from '../packages/port-model/src/index.ts';

const FOLDER = fileURLToPath(new URL('../docs/reference/', import.meta.url));

/** Every generated page; paths are relative to `docs/reference/`. */
export function pages(): Page[] {
  return [...portModelPages(portModel.version)];
}

/** The paths of the pages that are missing or differ from what the source says now. */
export function outdated(folder = FOLDER): string[] {
  return pages()
    .filter(({ path, content }) => readPage(join(folder, path)) !== content)
    .map(({ path }) => path);
}

export function write(folder = FOLDER): void {
  for (const { path, content } of pages()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function readPage(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    const paths = outdated();
    for (const path of paths)
      process.stderr.write(`docs/reference/${path} is out of date: run npm run docs\n`);
    process.exitCode = paths.length === 0 ? 0 : 1;
  } else {
    write();
  }
}
