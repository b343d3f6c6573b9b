import type { z } from 'zod';
import { envLayer, fileLayer, flagLayer, type Layer } from './config-layers.ts';
import { hasPath, mergeTrees, type Tree } from './config-tree.ts';
import { StartError } from './errors.ts';

export interface ConfigSources {
  /** Path of a YAML or JSON file. */
  readonly file?: string | undefined;
  /** Prefix of environment variables: `PLUGIN_` makes `PLUGIN_STATE_DIR` the key `stateDir`, `PLUGIN_A__B` the key `a.b`. */
  readonly envPrefix: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Values from flags, by config key. */
  readonly flags: Readonly<Record<string, unknown>>;
}

/**
 * The configuration: defaults of `schema` < file < environment < flags. `schema` should be strict, so that unknown
 * keys are errors. Values from environment and flags are texts: use coercing schemas for numbers and switches.
 * Throws `StartError` BAD_CONFIG that names every bad key, what is wrong with it, and where it was set.
 */
export function loadConfig<S extends z.ZodType>(schema: S, sources: ConfigSources): z.output<S> {
  const layers = [
    fileLayer(sources.file),
    envLayer(sources.envPrefix, sources.env),
    flagLayer(sources.flags),
  ];
  const merged = layers.reduce<Tree>((below, layer) => mergeTrees(below, layer.values), {});
  const result = schema.safeParse(merged);
  if (result.success) return result.data;
  const lines = result.error.issues.flatMap((issue) => problemLines(issue, layers));
  const where = sources.file === undefined ? '' : ` (file ${sources.file})`;
  throw new StartError('BAD_CONFIG', `The configuration${where} is not usable:\n${lines.join('\n')}`);
}

function problemLines(issue: z.core.$ZodIssue, layers: readonly Layer[]): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => problemLine([...issue.path, key], 'there is no such key', layers));
  }
  return [problemLine(issue.path, issue.message, layers)];
}

function problemLine(path: readonly PropertyKey[], message: string, layers: readonly Layer[]): string {
  const key = path.map(String).join('.') || '(top level)';
  const origin = path.length === 0 ? undefined : layers.findLast((layer) => hasPath(layer.values, path));
  return `  ${key}: ${message}${origin === undefined ? '' : ` (from ${origin.origin(path)})`}`;
}
