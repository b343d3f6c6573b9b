import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isTree, mergeTrees, type Tree } from './config-tree.ts';
import { StartError } from './errors.ts';

/** One source of configuration. */
export interface Layer {
  readonly values: Tree;
  /** How the value at `path` is called there: `PLUGIN_STATE_DIR`, `--state-dir`, the file. */
  origin(path: readonly PropertyKey[]): string;
}

/** The keys of a YAML or JSON file; none when there is no file. Throws `StartError` BAD_CONFIG. */
export function fileLayer(file: string | undefined): Layer {
  return { values: file === undefined ? {} : readTree(file), origin: () => `file ${file}` };
}

/** The variables of `env` that start with `prefix`; `__` goes one level down. Values are texts. */
export function envLayer(prefix: string, env: Readonly<Record<string, string | undefined>>): Layer {
  let values: Tree = {};
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(prefix) || value === undefined) continue;
    const path = name.slice(prefix.length).toLowerCase().split('__').map(camelCase);
    values = mergeTrees(
      values,
      path.reduceRight<unknown>((tree, key) => Object.fromEntries([[key, tree]]), value) as Tree,
    );
  }
  const variable = (key: PropertyKey): string => kebabCase(String(key)).replaceAll('-', '_').toUpperCase();
  return { values, origin: (path) => prefix + path.map(variable).join('__') };
}

/** Values of flags, by config key. */
export function flagLayer(values: Tree): Layer {
  return { values, origin: ([key]) => `--${kebabCase(String(key))}` };
}

function readTree(file: string): Tree {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartError('BAD_CONFIG', `Cannot read the config file ${file}: ${(error as Error).message}`);
  }
  let value: unknown;
  try {
    value = parse(text); // YAML 1.2 contains JSON
  } catch (error) {
    throw new StartError(
      'BAD_CONFIG',
      `The config file ${file} is neither YAML nor JSON: ${(error as Error).message}`,
    );
  }
  if (value === null || value === undefined) return {};
  if (!isTree(value))
    throw new StartError(
      'BAD_CONFIG',
      `The config file ${file} must hold keys and values, got ${JSON.stringify(value).slice(0, 80)}`,
    );
  return value;
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
