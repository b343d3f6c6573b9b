import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Config } from '../config.ts';
import { listedAgents } from './placement-file.ts';
import type { PlacedAgent } from './placement-map.ts';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const OWN = { name: 'agent-1', url: 'http://10.0.0.1:9091', host: 'esx-1' };

function merged(
  file: string,
  text: string | undefined,
  agents: readonly object[] = [OWN],
): readonly PlacedAgent[] {
  const agentsFile = join(folder.path, file);
  if (text !== undefined) writeFileSync(agentsFile, text);
  const inventory = { kind: 'file', path: 'inventory.yaml' };
  return listedAgents(Config.parse({ inventory, agents, agentsFile }));
}

test.each([
  ['a file that is not there', 'a.map', undefined, /agentsFile: cannot read .*a\.map: ENOENT/],
  ['a map with mistakes', 'a.map', 'esx-2\nesx-3:x', /a\.map: line 1: .*\n.*a\.map: line 2: /],
  [
    'a host that agents has too',
    'a.map',
    'esx-1:10.0.0.2',
    /host "esx-1" is there twice, with those of agents/,
  ],
  ['an address that agents has too', 'a.map', 'esx-2:10.0.0.1', /url "http:.*" is there twice/],
  ['an empty file', 'a.map', ' ', /a\.map: the file is empty/],
  ['a list that is no YAML', 'a.yaml', '- [', /a\.yaml: neither YAML nor JSON/],
  ['a list that is none', 'a.yaml', 'agents: []', /a\.yaml: the file: .*expected array/],
  [
    'a list with a mistake',
    'a.json',
    '[{"name":"b","url":"x","host":"h"}]',
    /a\.json: 0\.url: expected http/,
  ],
])('%s is refused', (_what, file, text, message) => {
  expect(() => merged(file, text)).toThrowError(
    expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringMatching(message) }),
  );
});

test('somewhere there must be an agent', () => {
  expect(() => merged('a.map', '# none yet\n', [])).toThrowError('it names no agent, and agents names none');
});

test('a file may name nobody where agents are found through their VMs', () => {
  const agentsFile = join(folder.path, 'a.map');
  writeFileSync(agentsFile, '# none yet');
  const inventory = { kind: 'vsphere', url: 'https://vc/sdk', username: 'u', agentVm: { discover: true } };
  expect(listedAgents(Config.parse({ inventory, agentsFile }))).toEqual([]);
});

test('a map adds to the agents that are configured', () => {
  expect(merged('ESXiToVRouterIp.map', 'esx-2:10.0.0.2\n')).toEqual([
    OWN,
    { name: 'esx-2', url: 'http://10.0.0.2:9091', host: 'esx-2' },
  ]);
});

test('a list may stand alone, and names ports of its own', () => {
  const list = '- { name: b, url: "http://10.0.0.2:19091", host: esx-2 }';
  expect(merged('agents.yaml', list, [])).toEqual([
    { name: 'b', url: 'http://10.0.0.2:19091', host: 'esx-2' },
  ]);
});

test('without a file nothing is read', () => {
  const config = Config.parse({ inventory: { kind: 'file', path: 'x' }, agents: [OWN] });
  expect(listedAgents(config)).toBe(config.agents);
});
