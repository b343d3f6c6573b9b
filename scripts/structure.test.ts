import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { expect, test } from 'vitest';

const LINES_MAX = 400;
const LINES_MEDIAN_MAX = 80;

const root = dirname(import.meta.dirname);
const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden'];
  options: ICruiseOptions;
};

async function violations(baseDir: string, folders: string[]): Promise<string[]> {
  const options = {
    ...config.options,
    baseDir,
    validate: true,
    ruleSet: { forbidden: config.forbidden ?? [] },
  };
  const { output } = await cruise(folders, options);
  const { summary } = output as ICruiseResult;
  expect(summary.totalCruised).toBeGreaterThan(0);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

function sources(): string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--', '*.ts', '*.mjs'],
    { cwd: root, encoding: 'utf8' },
  );
  // A file that was deleted stays listed until that is committed.
  return listed.split('\n').filter((file) => file !== '' && existsSync(join(root, file)));
}

/** Reading every import takes a while on a busy machine. */
const ALL_IMPORTS = { timeout: 120_000 };

test('imports point down, in no circle, and the cores import nothing impure', ALL_IMPORTS, async () => {
  expect(await violations(root, ['apps', 'packages', 'e2e', 'simulation', 'scripts'])).toEqual([]);
});

test('the import rules catch what they are there for', async () => {
  const folder = temporaryFolder();
  writeFiles(folder.path, {
    'apps/one/src/main.ts': "import { two } from '../../two/src/main.ts';\nexport const one = two;\n",
    'apps/two/src/main.ts':
      "import type { Circle } from './circle.ts';\nexport const two: Circle = { value: 2 };\n",
    'apps/two/src/circle.ts':
      "import type { two } from './main.ts';\nexport interface Circle { value: number; other?: typeof two }\n",
    'apps/vcenter-plugin/src/sync/pump.ts':
      "import { readFileSync } from 'node:fs';\nexport const impure = readFileSync;\n",
    'packages/low/src/index.ts':
      "import { one } from '../../../apps/one/src/main.ts';\nexport const low = one;\n",
  });
  const found = (await violations(folder.path, ['apps', 'packages']).finally(folder.remove)).map(
    (text) => text.split(':')[0],
  );
  for (const rule of [
    'apps-do-not-import-apps',
    'no-circles',
    'the-agent-state-machine-is-pure',
    'packages-import-packages-only',
  ]) {
    expect(found).toContain(rule);
  }
});

test('the cores know no clock, no chance and no process', () => {
  const pure = sources().filter(
    (file) =>
      /^apps\/(vcenter-plugin\/src\/sync|vrouter-agent-sim\/src\/ports)\//.test(file) &&
      !/(\.test\.ts$|\/testing\/|agent-worker\.ts$|fleet\.ts$|member\.ts$)/.test(file),
  );
  expect(pure.length).toBeGreaterThan(10);
  const impure =
    /\b(Date\.now|new Date|Math\.random|setTimeout|setInterval|setImmediate|performance\.|process\.|crypto\.|async )/;
  expect(pure.filter((file) => impure.test(withoutComments(readFileSync(join(root, file), 'utf8'))))).toEqual(
    [],
  );
});

test('files stay small', () => {
  const files = sources().map((file) => ({
    file,
    lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1,
  }));
  expect(files.filter(({ lines }) => lines > LINES_MAX)).toEqual([]);
  const lengths = files
    .filter(({ file }) => !file.endsWith('.test.ts'))
    .map(({ lines }) => lines)
    .sort((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(LINES_MEDIAN_MAX);
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
