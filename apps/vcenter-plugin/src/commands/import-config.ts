import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError } from '@vrouter/service-kit';
import { stringify } from 'yaml';
import { Config } from '../config.ts';
import { importConfig as imported } from '../import/import-config.ts';

/** Where the original keeps its map: beside its configuration. */
const MAP_NAME = 'ESXiToVRouterIp.map';

/**
 * Prints our configuration, made from the original's properties file and map, and tells what it could not carry over.
 * Throws `StartError` when a file cannot be read and, after printing, when the outcome is no whole configuration.
 */
export function importConfig(
  file: string,
  mapFile: string | undefined,
  print: (text: string) => void,
  tell: (text: string) => void,
): void {
  // Java reads properties as Latin-1; other characters are escapes in it.
  const properties = read(file, 'latin1');
  const beside = join(dirname(file), MAP_NAME);
  const map = mapFile ?? (existsSync(beside) ? beside : undefined);
  const { config, notes } = imported(properties, map === undefined ? undefined : read(map, 'utf8'));
  print(stringify(config).trimEnd());
  for (const note of notes) tell(note);
  const check = Config.safeParse(config);
  if (check.success) return;
  const missing = check.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new StartError('BAD_CONFIG', `what was printed is not complete:\n${missing.join('\n')}`);
}

function read(file: string, encoding: 'latin1' | 'utf8'): string {
  try {
    return readFileSync(file, encoding);
  } catch (error) {
    throw new StartError('BAD_USAGE', `cannot read ${file}: ${(error as Error).message}`);
  }
}
