import {
  startVcenterSim,
  temporaryFolder,
  vcenterSimMissing,
  waitFor,
  type SimIpPool,
} from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { heldInTable } from '../checks/held.ts';
import { Agent } from '../world/agent.ts';
import { Plugin } from '../world/plugin.ts';
import { ConfigApi } from './config-api.ts';

const MAC = '00:50:56:bf:00:0';
const PATIENCE = { timeout: 240_000 };
const STALE_TIMEOUT_MS = 60_000;
const pool = (third: number): SimIpPool => ({
  subnetAddress: `10.0.${third}.0`,
  netmask: '255.255.255.0',
  gateway: `10.0.${third}.1`,
  range: `10.0.${third}.100#50`,
  rangeEnabled: true,
});
const vlan = (id: number) => ({ primary: id, isolated: id });
const adapter = (number: number, network: string, ip?: string) => ({
  mac: `${MAC}${number}`,
  network,
  ...(ip !== undefined && { ip }),
});

/** What `test` says of each network: from its pool, from its pool for guests, from the configuration, and from nobody. */
const INVENTORY = {
  hosts: ['esx-1'],
  networks: [
    { name: 'pooled', vlan: vlan(1), ipPool: pool(1) },
    { name: 'guests', vlan: vlan(2), ipPool: pool(2), externalIpam: true },
    { name: 'configured', vlan: vlan(3), ipPool: pool(3) },
    { name: 'bare', vlan: vlan(4) },
  ],
  vms: [
    {
      name: 'web-1',
      host: 'esx-1',
      power: 'on' as const,
      adapters: [
        adapter(1, 'pooled', '10.0.1.7'),
        adapter(2, 'guests', '10.0.2.107'),
        adapter(3, 'configured', '10.0.3.7'),
        adapter(4, 'bare', '10.0.4.7'),
      ],
    },
  ],
};
const CONFIGURED = {
  name: 'configured',
  subnet: '10.9.0.0/16',
  pool: { start: '10.9.5.5', end: '10.9.5.9' },
};

async function openSite() {
  const folder = temporaryFolder();
  const [sim, api] = await Promise.all([
    startVcenterSim({ inventory: INVENTORY }),
    ConfigApi.open(folder.path),
  ]);
  const common = { folder: folder.path, staleTimeoutMs: STALE_TIMEOUT_MS };
  const agent = new Agent({ ...common, name: 'agent-1', host: 'esx-1', profile: 'blueprint' });
  const { url, username, password } = sim;
  const plugin = new Plugin({
    ...common,
    lifecycle: 'power',
    mode: 'vcenter-only',
    configApi: { url: api.url, networks: [CONFIGURED] },
    inventory: { kind: 'vsphere', url, username, password },
  });
  onTestFinished(async () => {
    await Promise.all([plugin.dispose(), agent.dispose(), api.close(), sim.stop()]);
    folder.remove();
  });
  await agent.start();
  await plugin.start([agent]);
  return { sim, api, agent, plugin };
}

async function addresses(agent: Agent): Promise<Record<string, unknown>> {
  const held = Object.values(await heldInTable(agent));
  return Object.fromEntries(held.map(({ port }) => [port['mac-address'], port['ip-address']]));
}

test.skipIf(vcenterSimMissing())('networks get the subnets of their IP pools', PATIENCE, async () => {
  const { sim, api, agent, plugin } = await openSite();
  const expected = {
    [`${MAC}1`]: '10.0.1.100',
    [`${MAC}2`]: '10.0.2.107',
    [`${MAC}3`]: '10.9.5.5',
    [`${MAC}4`]: '10.0.4.7',
  };
  const has = async (wanted: object): Promise<boolean> => {
    expect(await addresses(agent)).toEqual(wanted);
    return true;
  };
  await waitFor(() => has(expected), {
    what: 'all ports with the addresses that they should have',
    timeoutMs: 60_000,
  });
  const networks = await api.objects('virtual-network');
  const [subnet] = networks.flatMap(({ display_name: name, network_ipam_refs: refs }) =>
    name === 'pooled'
      ? (refs as { attr: { ipam_subnets: object[] } }[]).flatMap(({ attr }) => attr.ipam_subnets)
      : [],
  );
  expect(subnet).toMatchObject({
    subnet: { ip_prefix: '10.0.1.0', ip_prefix_len: 24 },
    default_gateway: '10.0.1.1',
    allocation_pools: [{ start: '10.0.1.100', end: '10.0.1.149' }],
    subnet_name: 'pooled-subnet',
  });

  // A port group that is given a pool later: its adapters get addresses from it.
  await sim.apply({ action: 'setIpPool', network: 'bare', pool: pool(4) });
  await waitFor(() => has({ ...expected, [`${MAC}4`]: '10.0.4.100' }), {
    what: 'the adapter on the port group to have an address of its new pool',
    timeoutMs: 60_000,
  });

  // One that is no use is told.
  await sim.apply(
    { action: 'createNetwork', network: { name: 'odd', vlan: vlan(5) } },
    { action: 'setIpPool', network: 'odd', pool: { ...pool(5), netmask: '10.10.10.255' } },
  );
  await waitFor(async () => JSON.stringify(await plugin.introspect.configApi()).includes('10.10.10.255'), {
    what: 'the plugin to say what is wrong with a pool',
    timeoutMs: 60_000,
  });
});
