import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateAuthority, temporaryFolder, waitFor } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { Agent } from '../world/agent.ts';
import { Plugin } from '../world/plugin.ts';
import { FAULT_TEST } from './fault-world.ts';

const STALE_TIMEOUT_MS = 60_000;
const vm = (number: number) => ({
  name: `web-${number}`,
  id: `502789bb-240a-841f-e24c-15645372180${number}`,
  host: `esx-${number}`,
  power: 'on',
  adapters: [{ mac: `00:50:56:bf:7d:a${number}`, network: 'blue', ip: `192.168.200.${number}` }],
});
const INVENTORY = {
  hosts: ['esx-1', 'esx-2'].map((name) => ({ name })),
  networks: [{ name: 'blue', vlan: { primary: 100, isolated: 101 } }],
  vms: [vm(1), vm(2)],
};

test(
  'an agent that shows and asks for certificates of ours is served; one of another authority is not trusted',
  FAULT_TEST,
  async () => {
    const folder = temporaryFolder();
    const at = (name: string): string => join(folder.path, name);
    const ours = await certificateAuthority('ours');
    const theirs = await certificateAuthority('theirs');
    const certificates = {
      ours: await ours.issue('agent'),
      theirs: await theirs.issue('agent'),
      plugin: await ours.issue('plugin'),
    };
    writeFileSync(at('ca.pem'), ours.cert);
    for (const [name, { cert, key }] of Object.entries(certificates)) {
      writeFileSync(at(`${name}.pem`), cert);
      writeFileSync(at(`${name}.key`), key);
    }
    writeFileSync(at('inventory.yaml'), JSON.stringify(INVENTORY));
    const agentOf = (name: string, host: string, whose: string, flags = {}): Agent =>
      new Agent({
        name,
        host,
        folder: folder.path,
        profile: 'blueprint',
        staleTimeoutMs: STALE_TIMEOUT_MS,
        flags: { 'tls-cert': at(`${whose}.pem`), 'tls-key': at(`${whose}.key`), ...flags },
      });
    const trusted = agentOf('agent-1', 'esx-1', 'ours', { 'tls-client-ca': at('ca.pem') });
    const foreign = agentOf('agent-2', 'esx-2', 'theirs');
    const plugin = new Plugin({
      folder: folder.path,
      lifecycle: 'power',
      mode: 'standalone',
      staleTimeoutMs: STALE_TIMEOUT_MS,
      inventory: { kind: 'file', path: 'inventory.yaml' },
      agentTls: { caFile: 'ca.pem', serverName: 'localhost', certFile: 'plugin.pem', keyFile: 'plugin.key' },
    });
    onTestFinished(async () => {
      await plugin.dispose();
      await trusted.dispose();
      await foreign.dispose();
      folder.remove();
    });
    await trusted.start();
    await foreign.start();
    expect(trusted.url).toMatch(/^https:/);

    await plugin.start([trusted, foreign]);
    const row = async (name: string) => (await plugin.introspect.agents()).find((one) => one.name === name);
    await waitFor(async () => (await row('agent-1'))?.phase === 'steady', {
      what: 'the first agent to be steady',
    });
    expect((await trusted.state()).ports).toHaveLength(1);
    expect(await row('agent-2')).toMatchObject({
      reachable: false,
      lastError: expect.stringContaining('No TLS connection to'),
    });
    expect((await foreign.state()).ports).toEqual([]);
  },
);
