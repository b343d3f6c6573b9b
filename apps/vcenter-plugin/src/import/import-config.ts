import { parsePlacementMap } from '../binding/placement-map.ts';
import { whyLeftOut } from './left-out.ts';
import { modeSection } from './mode-section.ts';
import { readProperties } from './properties.ts';
import { vsphereSection, type Note } from './vsphere-section.ts';

export interface Imported {
  /** For `plugin.yaml`. May lack what the files lack. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What was not carried over, or not as it was; never a password. */
  readonly notes: readonly string[];
}

/** `[DEFAULT]` opens the file, and is read as a key. */
const HEADING = /^\[.*\]$/u;
const CARRIED = new Set([
  'vcenter.url',
  'vcenter.username',
  'vcenter.password',
  'vcenter.datacenter',
  'vcenter.cluster_name',
  'vcenter.dvswitch',
  'vcenter.ipfabricpg',
  'introspect.port',
  'mode',
  'api.hostname',
  'api.port',
  'auth_url',
  'admin_user',
  'admin_password',
  'admin_tenant_name',
]);

/** Our configuration from the texts of the original's properties file and, if there is one, of its map. Pure. */
export function importConfig(properties: string, map: string | undefined): Imported {
  const keys = readProperties(properties);
  const notes: string[] = [];
  const note: Note = (text) => notes.push(text);
  const inventory = vsphereSection(keys, note);
  const mode = modeSection(keys, note);
  const config = { ...listenOf(keys, note), ...mode, inventory, agents: agentsOf(map, note) };
  for (const key of keys.keys()) {
    if (!CARRIED.has(key) && !HEADING.test(key)) note(`${key}: left out: ${whyLeftOut(key)}`);
  }
  return { config, notes };
}

function listenOf(keys: ReadonlyMap<string, string>, note: Note): { listen?: string } {
  const port = keys.get('introspect.port');
  if (port === undefined) return {};
  if (!/^\d{1,5}$/u.test(port) || Number(port) > 65_535) {
    note('introspect.port: left out: expected a port from 0 to 65535');
    return {};
  }
  note('introspect.port: kept, but on 127.0.0.1 only; set listen to be asked from elsewhere');
  return { listen: `127.0.0.1:${Number(port)}` };
}

function agentsOf(map: string | undefined, note: Note): readonly object[] {
  if (map === undefined) {
    note('no map file: name the agents and their hosts in agents, or give --map');
    return [];
  }
  const { agents, problems } = parsePlacementMap(map);
  for (const { line, text } of problems) note(`map line ${line}: left out: ${text}`);
  return agents;
}
