import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, systemClock } from '@vrouter/service-kit';
import { temporaryFolder, waitFor } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Config } from '../config.ts';
import type { AgentVm } from '../inventory/model.ts';
import { Placements } from './placements.ts';
import { EMPTY } from './testing/inventory.ts';

const OWN = { name: 'own', url: 'http://10.0.0.1:9091', host: 'esx-1' };
const FOUND: AgentVm = { name: 'contrailVM-2', host: 'esx-2', power: 'on', address: '10.0.0.2' };

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let placements: Placements | undefined;
let changes: number;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'agents.map');
  changes = 0;
});
afterEach(async () => {
  await placements?.stop();
  placements = undefined;
  folder.remove();
});

function open(config: object): Placements {
  const inventory = { kind: 'vsphere', url: 'https://vc/sdk', username: 'u' };
  const parsed = Config.parse({ inventory, ...config });
  placements = new Placements(parsed, systemClock, createLogger('test', 'silent'));
  placements.start(() => (changes += 1));
  return placements;
}

/** Hosts and addresses, as told with nothing but an agent's VM on esx-2. */
function shown(): unknown {
  const { agents = [], problems = [] } = placements?.of({ ...EMPTY, agentVms: [FOUND] }) ?? {};
  return {
    agents: agents.map(({ host, url }) => `${host} ${url}`),
    problems: problems.map(({ kind, text }) => `${kind}: ${text}`),
  };
}

function changed(count: number): Promise<unknown> {
  return waitFor(() => changes >= count, { what: `change ${count}` });
}

test('a file that is no use at the start is an error', () => {
  expect(() => open({ agentsFile: file })).toThrowError(/agentsFile: cannot read .*ENOENT/);
});

test.each([
  ['broken', () => writeFileSync(file, 'esx-1'), 'expected HOST:IPV4, got "esx-1"'],
  ['emptied', () => writeFileSync(file, ''), 'the file is empty'],
  ['removed', () => rmSync(file), 'ENOENT'],
  ['at odds with agents', () => writeFileSync(file, 'esx-1:10.0.0.9'), 'host "esx-1" is there twice'],
])('a file that is %s later keeps the agents, says why, and is followed again', async (_what, spoil, why) => {
  writeFileSync(file, 'esx-3:10.0.0.3');
  open({ agents: [OWN], agentsFile: file });
  await changed(1);
  const agents = ['esx-1 http://10.0.0.1:9091', 'esx-3 http://10.0.0.3:9091'];
  expect(shown()).toEqual({ agents, problems: [] });
  spoil();
  await changed(2);
  const text = expect.stringMatching(new RegExp(`^agents-file: .*${why}.*; the agents stay as they were$`));
  expect(shown()).toEqual({ agents, problems: [text] });
  writeFileSync(file, 'esx-3:10.0.0.4');
  await changed(3);
  expect(shown()).toEqual({
    agents: ['esx-1 http://10.0.0.1:9091', 'esx-3 http://10.0.0.4:9091'],
    problems: [],
  });
});

test("agents' VMs count where the configuration says so, on the port that it says", () => {
  open({ agents: [OWN] });
  expect(shown()).toEqual({ agents: ['esx-1 http://10.0.0.1:9091'], problems: [] });
  const inventory = {
    kind: 'vsphere',
    url: 'https://vc/sdk',
    username: 'u',
    agentVm: { discover: true, port: '19091' },
  };
  open({ agents: [OWN], inventory });
  expect(shown()).toEqual({
    agents: ['esx-1 http://10.0.0.1:9091', 'esx-2 http://10.0.0.2:19091'],
    problems: [],
  });
});
