import { NO_IPV4, NO_IPV6 } from '@vrouter/port-model';
import { parse } from 'yaml';
import type { z } from 'zod';
import { InventoryFile } from './file-schema.ts';
import type { Adapter, Inventory } from './model.ts';

const PROBLEMS_SHOWN_MAX = 5;
/** The YAML parser takes about a second per megabyte, in which nothing else happens; that of JSON is no trouble. */
const YAML_LENGTH_MAX = 4 * 1024 * 1024;

/** The inventory that `text` (YAML or JSON) describes. Throws an Error that names every place and what is wrong there. */
export function parseInventoryFile(text: string): Inventory {
  // An empty file is what a half-finished write leaves; an empty inventory says `vms: []`.
  if (text.trim() === '') throw new Error('the file is empty; an inventory without VMs says "vms: []"');
  const result = InventoryFile.safeParse(parseText(text));
  if (!result.success) throw new Error(describeIssues(result.error));
  const file = result.data;
  const keyOf = new Map(file.networks.map((network) => [network.name, network.key ?? network.name]));
  return {
    hosts: file.hosts,
    networks: file.networks.map(({ name, key, vlan }) => ({
      key: key ?? name,
      name,
      vlan,
      ...(vlan === undefined && { problem: 'the file gives it no VLAN' }),
    })),
    vms: file.vms.map(({ id, name, host, power, project, annotation, adapters }) => ({
      id,
      name,
      host,
      power,
      ...(project !== undefined && { project }),
      ...(annotation !== undefined && { annotation }),
      adapters: adapters.map((adapter, index) => adapterOf(adapter, index, keyOf)),
    })),
  };
}

/** JSON is YAML too, but much faster on its own. */
function parseText(text: string): unknown {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text);
    } catch {
      // Not JSON, but it may be YAML all the same; if not, the YAML parser tells the line.
    }
  }
  if (text.length > YAML_LENGTH_MAX)
    throw new Error(`it has ${text.length} characters; above ${YAML_LENGTH_MAX} it must be JSON`);
  return parse(text, { maxAliasCount: 100, logLevel: 'error' });
}

type FileAdapter = z.output<typeof InventoryFile>['vms'][number]['adapters'][number];

function adapterOf(adapter: FileAdapter, index: number, keyOf: ReadonlyMap<string, string>): Adapter {
  const { mac, ip, ip6 } = adapter;
  return {
    key: adapter.key ?? String(index),
    network: keyOf.get(adapter.network) ?? adapter.network,
    connected: adapter.connected,
    ...(mac !== undefined && { mac }),
    ...(ip !== undefined && ip !== NO_IPV4 && { ip }),
    ...(ip6 !== undefined && ip6 !== NO_IPV6 && { ip6 }),
  };
}

function describeIssues(error: z.ZodError): string {
  const lines = error.issues
    .slice(0, PROBLEMS_SHOWN_MAX)
    .map((issue) => `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`);
  const more = error.issues.length - lines.length;
  return lines.join('; ') + (more > 0 ? `; and ${more} more` : '');
}
