import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildVcenterSim, startVcenterSim, temporaryFolder, vcenterSimMissing } from '@vrouter/testkit';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { httpAgent } from '../sync/testing/http-agent.ts';
import { runToEnd } from '../testing/command-line.ts';

const missing = vcenterSimMissing();
const simTest = test.skipIf(missing);
const cleanups: (() => void | Promise<void>)[] = [];

beforeAll(async () => {
  if (!missing) await buildVcenterSim();
}, 400_000);

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A folder with `plugin.yaml` for a vCenter of two hosts, of which the second has no agent. */
async function setUp(password?: string): Promise<{
  folder: string;
  config: string;
  requests: readonly unknown[];
}> {
  const folder = temporaryFolder();
  cleanups.push(() => folder.remove());
  const agent = await httpAgent();
  cleanups.push(() => agent.close());
  const sim = await startVcenterSim({
    inventory: {
      hosts: ['esx-1', 'esx-2'],
      networks: [{ name: 'blue', vlan: { primary: 100, isolated: 101 } }],
      vms: [
        {
          name: 'web-1',
          host: 'esx-1',
          power: 'on',
          adapters: [{ mac: '00:50:56:bf:7d:a1', network: 'blue' }],
        },
      ],
    },
  });
  cleanups.push(() => sim.stop());
  const { url, username, datacenter } = sim;
  const inventory = {
    kind: 'vsphere',
    url,
    username,
    password: password ?? sim.password,
    scope: { datacenter },
  };
  const agents = [{ name: 'agent-1', url: agent.url, host: 'esx-1' }];
  const config = join(folder.path, 'plugin.yaml');
  writeFileSync(config, JSON.stringify({ inventory, agents }));
  return { folder: folder.path, config, requests: agent.requests };
}

simTest('a password that vCenter refuses ends with 1 and the reason', async () => {
  const { config } = await setUp('hunter2');
  const { code, stdout, stderr } = await runToEnd(['check-config', '--live', '--config', config]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^vcenter-plugin: vCenter http.*refused the login/);
  expect(stdout + stderr).not.toContain('hunter2');
});

simTest('what vCenter has is told, and no agent hears of it', async () => {
  const { folder, config, requests } = await setUp();
  const { code, stdout, stderr } = await runToEnd(['check-config', '--live', '--config', config]);
  expect(stderr).toBe('');
  expect(stdout).toContain(': 2 hosts, 1 networks, 1 VMs, 1 adapters\nhosts without agents: esx-2\n');
  expect(stdout).toContain('agent-1: 1 ports\n');
  expect(code).toBe(0);
  expect(requests).toEqual([]);
  expect(existsSync(join(folder, 'state'))).toBe(false);
});
