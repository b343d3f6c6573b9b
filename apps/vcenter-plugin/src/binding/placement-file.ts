import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { StartError } from '@vrouter/service-kit';
import { parse } from 'yaml';
import type { z } from 'zod';
import { Agents, type Config } from '../config.ts';
import { parsePlacementMap, type PlacedAgent } from './placement-map.ts';

const LISTS = ['.yaml', '.yml', '.json'];

/**
 * `config` with the agents of its `agentsFile` added to its own. Throws `StartError` for a file that cannot be read, that
 * has a mistake, or that names an agent which is there already.
 */
export function withPlacementFile(config: Config): Config {
  const { agentsFile: file } = config;
  if (file === undefined) return config;
  const found = LISTS.includes(extname(file).toLowerCase()) ? readList(file) : readMap(file);
  const all = Agents.safeParse([...config.agents, ...found]);
  if (!all.success) throw mistakes(file, all.error.issues.map(issueText));
  if (all.data.length === 0) throw mistakes(file, ['it names no agent, and agents names none']);
  return { ...config, agents: all.data };
}

function readMap(file: string): readonly PlacedAgent[] {
  const { agents, problems } = parsePlacementMap(read(file));
  if (problems.length === 0) return agents;
  throw mistakes(
    file,
    problems.map(({ line, text }) => `line ${line}: ${text}`),
  );
}

function readList(file: string): readonly PlacedAgent[] {
  const text = read(file);
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw mistakes(file, [`neither YAML nor JSON: ${(error as Error).message}`]);
  }
  const list = Agents.safeParse(content);
  if (list.success) return list.data;
  throw mistakes(
    file,
    list.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`),
  );
}

/** The place in the joined list would help nobody. */
function issueText({ path, message }: z.core.$ZodIssue): string {
  return `${String(path.at(-1))} ${message}, with those of agents`;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartError('BAD_CONFIG', `agentsFile: cannot read ${file}: ${(error as Error).message}`);
  }
}

function mistakes(file: string, texts: readonly string[]): StartError {
  return new StartError('BAD_CONFIG', texts.map((text) => `agentsFile ${file}: ${text}`).join('\n'));
}
