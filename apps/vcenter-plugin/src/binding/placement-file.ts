import { extname } from 'node:path';
import { StartError } from '@vrouter/service-kit';
import { parse } from 'yaml';
import type { z } from 'zod';
import { Agents, type Config } from '../config.ts';
import { readSettingFile } from '../setting-file.ts';
import { parsePlacementMap, type PlacedAgent } from './placement-map.ts';

const LISTS = ['.yaml', '.yml', '.json'];

/**
 * The agents of `config` and of its `agentsFile` together. Throws `StartError` for a file that cannot be read, that has a
 * mistake, or that names an agent which is there already.
 */
export function listedAgents(config: Config): readonly PlacedAgent[] {
  const { agentsFile: file, agents: own } = config;
  if (file === undefined) return own;
  return withAgentsOf(readSettingFile(file, 'agentsFile'), config, file);
}

/** Are agents found through their VMs? */
export function findsAgents({ inventory }: Config): boolean {
  return inventory.kind === 'vsphere' && inventory.agentVm?.discover === true;
}

/** The agents of `config` and those that `text`, the content of `file`, names. Throws `StartError`. */
export function withAgentsOf(text: string, config: Config, file: string): readonly PlacedAgent[] {
  // What a half-finished write leaves.
  if (text.trim() === '') throw mistakes(file, ['the file is empty; without agents it says # none, or []']);
  const found = LISTS.includes(extname(file).toLowerCase()) ? readList(text, file) : readMap(text, file);
  const all = Agents.safeParse([...config.agents, ...found]);
  if (!all.success) throw mistakes(file, all.error.issues.map(issueText));
  if (all.data.length === 0 && !findsAgents(config))
    throw mistakes(file, ['it names no agent, and agents names none']);
  return all.data;
}

function readMap(text: string, file: string): readonly PlacedAgent[] {
  const { agents, problems } = parsePlacementMap(text);
  if (problems.length === 0) return agents;
  throw mistakes(
    file,
    problems.map(({ line, text: what }) => `line ${line}: ${what}`),
  );
}

function readList(text: string, file: string): readonly PlacedAgent[] {
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

function mistakes(file: string, texts: readonly string[]): StartError {
  return new StartError('BAD_CONFIG', texts.map((text) => `agentsFile ${file}: ${text}`).join('\n'));
}
