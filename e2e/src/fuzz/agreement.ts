import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parsePortFile } from '@vrouter/port-model';
import { readState, type StatePort } from '../world/agent-admin.ts';

export interface Kept {
  readonly adminUrl: string;
  readonly portsDir: string;
  /** Files of the real agent keep older values on purpose: then only which ports there are is compared. */
  readonly hasExactFiles: boolean;
}

/** Where the table of an agent and its folder of port files differ; empty when they agree. */
export async function disagreements({ adminUrl, portsDir, hasExactFiles }: Kept): Promise<string[]> {
  const { ports } = await readState(adminUrl);
  const names = readdirSync(portsDir, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  const inTable = new Set(ports.map(({ id }) => id));
  const onDisk = new Set(names);
  return [
    ...names.filter((name) => !inTable.has(name)).map((name) => `${name} is a file and no port`),
    ...ports.filter(({ id }) => !onDisk.has(id)).map(({ id }) => `${id} is a port and has no file`),
    ...(hasExactFiles
      ? ports.filter(({ id }) => onDisk.has(id)).flatMap((port) => contentOf(port, portsDir))
      : []),
  ];
}

function contentOf({ id, linkState, port }: StatePort, portsDir: string): string[] {
  const parsed = parsePortFile(readFileSync(join(portsDir, id), 'utf8'));
  if (!parsed.ok) return [`the file of ${id} is not usable: ${JSON.stringify(parsed.problems)}`];
  const { 'link-state': _shown, ...own } = port;
  const isSame = isDeepStrictEqual({ ...parsed.value.port }, own) && parsed.value.linkState === linkState;
  return isSame ? [] : [`${id} is ${JSON.stringify(port)}, and in its file ${JSON.stringify(parsed.value)}`];
}
