import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';
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
 * Throws `StartError` BAD_CONFIG that names every bad key, what was expected and what came.
 */
export function loadConfig<S extends z.ZodType>(schema: S, sources: ConfigSources): z.output<S> {
  const layers = [readLayer(sources.file), fromEnvironment(sources.envPrefix, sources.env), sources.flags];
  const merged = layers.reduce<Record<string, unknown>>(merge, {});
  const result = schema.safeParse(merged);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const key = issue.path.map(String).join('.') || '(top level)';
    return `  ${key}: ${issue.message}`;
  });
  const where = sources.file === undefined ? '' : ` (file ${sources.file})`;
  throw new StartError('BAD_CONFIG', `The configuration${where} is not usable:\n${lines.join('\n')}`);
}

function readLayer(file: string | undefined): Record<string, unknown> {
  if (file === undefined) return {};
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
  if (!isRecord(value))
    throw new StartError(
      'BAD_CONFIG',
      `The config file ${file} must hold keys and values, got ${JSON.stringify(value).slice(0, 80)}`,
    );
  return value;
}

function fromEnvironment(prefix: string, env: ConfigSources['env']): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(prefix) || value === undefined) continue;
    const path = name
      .slice(prefix.length)
      .toLowerCase()
      .split('__')
      .map((part) => part.replace(/_([a-z0-9])/g, (_m, c: string) => c.toUpperCase()));
    let target = result;
    for (const key of path.slice(0, -1)) target = target[key] = isRecord(target[key]) ? target[key] : {};
    target[path.at(-1) ?? ''] = value;
  }
  return result;
}

function merge(
  below: Record<string, unknown>,
  above: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = result[key];
    result[key] = isRecord(under) && isRecord(value) ? merge(under, value) : value;
  }
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
