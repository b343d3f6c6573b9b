import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = dirname(import.meta.dirname);

interface Entries {
  readonly exports?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly publishConfig?: {
    readonly exports?: Readonly<Record<string, { types: string; default: string }>>;
  };
}

const files = ['apps', 'packages'].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).map((name) => join(folder, name, 'package.json')),
);

/** What `tsc` makes each entry of. */
const sourceOf = (built: string): string =>
  built.replace('./dist/', './src/').replace(/\.(d\.ts|js)$/, '.ts');

test.each(files.filter((file) => existsSync(join(ROOT, file))))(
  '%s names only entries that exist',
  (file) => {
    const {
      exports = {},
      bin = {},
      publishConfig,
    } = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Entries;
    const published = Object.values(publishConfig?.exports ?? {}).flatMap((entry) => [
      entry.types,
      entry.default,
    ]);
    const named = [...Object.values(exports), ...[...Object.values(bin), ...published].map(sourceOf)];
    expect(named.filter((path) => !existsSync(join(ROOT, dirname(file), path)))).toEqual([]);
    if (publishConfig?.exports) expect(Object.keys(publishConfig.exports)).toEqual(Object.keys(exports));
  },
);
