// node scripts/generate-docs.ts           writes the pages of docs/reference that are made from the source
// node scripts/generate-docs.ts --check   only tells which of them are out of date, and exits 1 if any is
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pluginPages } from '../apps/vcenter-plugin/src/docs/pages.ts';
import { agentPages } from '../apps/vrouter-agent-sim/src/docs/pages.ts';
import { operatorActionsPage } from '../e2e/src/operator-actions/page.ts';
import { behaviourReference } from '../packages/conformance/src/reference/behaviour-reference.ts';
import portModel from '../packages/port-model/package.json' with { type: 'json' };
import { portModelPages, type Page } from '../packages/port-model/src/index.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = join(ROOT, 'docs', 'reference');

/** Every generated page; paths are relative to `docs/reference/`. */
export async function pages(): Promise<Page[]> {
  return [
    ...portModelPages(portModel.version),
    ...(await pluginPages()),
    ...(await agentPages()),
    { path: 'agent-behaviours.md', content: behaviourReference() },
    { path: 'operator-actions.md', content: operatorActionsPage() },
    { path: 'errors.md', content: await errorsPage() },
  ];
}

/** The paths of the pages that are missing or differ from what the source says now. */
export async function outdated(folder = FOLDER): Promise<string[]> {
  const all = await pages();
  return all.filter(({ path, content }) => readPage(join(folder, path)) !== content).map(({ path }) => path);
}

export async function write(folder = FOLDER): Promise<void> {
  for (const { path, content } of await pages()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** The files in which packages and apps keep their errors; those of the REST API have a page of their own. */
export const errorFiles = (): string[] =>
  globSync('{packages,apps}/*/src/errors.ts', { cwd: ROOT, exclude: ['packages/port-model/**'] }).sort();

/** The page that lists the errors in `files`: tables of code and advice, exported as `..._ERRORS`. */
export async function errorsPage(files = errorFiles()): Promise<string> {
  const sections = await Promise.all(files.map(errorSection));
  return `# Errors

The message of an error tells what happened; its code leads here. Those of the agent's REST API are on
[their own page](rest-errors.md).

${sections.join('\n')}`;
}

async function errorSection(file: string): Promise<string> {
  const exports = (await import(join(ROOT, file))) as Record<string, unknown>;
  // Sorted, because loaders differ in the order in which they list exports.
  const tables = Object.keys(exports)
    .filter((name) => name.endsWith('_ERRORS'))
    .sort();
  const rows = tables.flatMap((name) =>
    Object.entries(exports[name] as Record<string, { advice: string }>).map(
      ([code, { advice }]) => `| \`${code}\` | ${advice} |`,
    ),
  );
  if (rows.length === 0) throw new Error(`${file} exports no table of errors, named ..._ERRORS`);
  if (rows.some((row) => row.includes('undefined'))) throw new Error(`${file} has an error without advice`);
  return `## ${file.split('/')[1]}\n\n| code | what to do |\n| --- | --- |\n${rows.join('\n')}\n`;
}

function readPage(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    const paths = await outdated();
    for (const path of paths)
      process.stderr.write(`docs/reference/${path} is out of date: run npm run docs\n`);
    process.exitCode = paths.length === 0 ? 0 : 1;
  } else {
    await write();
  }
}
