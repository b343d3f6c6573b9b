import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, systemClock } from '@vrouter/service-kit';
import {
  buildVcenterSim,
  startVcenterSim,
  temporaryFolder,
  vcenterSimMissing,
  waitFor,
  type VcenterSim,
  type VcenterSimOptions,
} from '@vrouter/testkit';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { VsphereConfig } from '../../config.ts';
import type { Inventory, InventoryState } from '../model.ts';
import { vsphereSource, type SourceOptions } from './vsphere-source.ts';

const missing = vcenterSimMissing();
const simTest = test.skipIf(missing);
const log = createLogger('test', 'silent');
const MAC = '00:50:56:bf:7d:a1';

const cleanups: (() => void | Promise<void>)[] = [];

beforeAll(async () => {
  if (!missing) await buildVcenterSim();
}, 400_000);

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(options: VcenterSimOptions = {}): Promise<VcenterSim> {
  const sim = await startVcenterSim({
    inventory: {
      hosts: ['esx-1', 'esx-2'],
      networks: [{ name: 'blue', vlan: { primary: 100, isolated: 101 } }],
      vms: [
        {
          name: 'web-1',
          host: 'esx-1',
          power: 'on',
          adapters: [{ mac: MAC, network: 'blue', ip: ['192.168.200.5', 'fd00::5'] }],
        },
        {
          name: 'gold',
          host: 'esx-1',
          template: true,
          adapters: [{ mac: '00:50:56:bf:7d:ff', network: 'blue' }],
        },
      ],
    },
    ...options,
  });
  cleanups.push(() => sim.stop());
  return sim;
}

function configOf({ url, username, password }: VcenterSim): VsphereConfig {
  return { kind: 'vsphere', url, username, password, tls: { insecure: false } };
}

/** Starts a source, and remembers what it says. */
function read(config: VsphereConfig, options: SourceOptions = {}): InventoryState[] {
  const states: InventoryState[] = [];
  const source = vsphereSource(config, systemClock, log, { pollSeconds: 1, ...options });
  cleanups.push(() => source.stop());
  source.start((state) => states.push(state));
  return states;
}

/** Waits for a complete inventory, after the first `from` states, that looks like this. */
function complete(
  states: readonly InventoryState[],
  check: (inventory: Inventory) => boolean = () => true,
  from = 0,
): Promise<Inventory> {
  return waitFor(
    () => {
      const last = states.length > from ? states.at(-1) : undefined;
      return last?.complete === true && check(last.inventory) ? last.inventory : undefined;
    },
    { what: `a complete inventory, after ${JSON.stringify(states.at(-1))}` },
  );
}

simTest('the first thing it says is the whole inventory', async () => {
  const sim = await start();
  const states = read(configOf(sim));
  const inventory = await complete(states);
  const { networks, vms } = sim.ids();
  expect(states).toHaveLength(1);
  const place = { cluster: 'DC0_C0', datacenter: 'DC0' };
  expect(inventory.hosts).toEqual([
    { name: 'esx-1', maintenance: false, connected: true, ...place },
    { name: 'esx-2', maintenance: false, connected: true, ...place },
  ]);
  expect(inventory.networks).toEqual([
    { key: networks.blue, name: 'blue', vlan: { primary: 100, isolated: 101 } },
  ]);
  expect(inventory.vms).toEqual([
    {
      id: vms['web-1'],
      name: 'web-1',
      host: 'esx-1',
      power: 'on',
      adapters: [
        {
          key: '4000',
          mac: MAC,
          network: networks.blue,
          connected: true,
          ip: '192.168.200.5',
          ip6: 'fd00::5',
        },
      ],
    },
  ]);
});

simTest('what operators do arrives', async () => {
  const sim = await start();
  const states = read(configOf(sim));
  await complete(states);
  await sim.apply({ action: 'power', vm: 'web-1', power: 'off' });
  await complete(states, ({ vms }) => vms[0]?.power === 'off');
  await sim.apply({ action: 'relocate', vm: 'web-1', host: 'esx-2' });
  await complete(states, ({ vms }) => vms[0]?.host === 'esx-2');
  await sim.apply({ action: 'changeNetwork', network: 'blue', vlan: { primary: 7, isolated: 7 } });
  await complete(states, ({ networks }) =>
    networks.some(({ vlan }) => vlan?.primary === 7 && vlan.isolated === 7),
  );
  await sim.apply({ action: 'maintenance', host: 'esx-2', maintenance: true });
  await complete(states, ({ hosts }) => hosts[1]?.maintenance === true);
  await sim.apply({ action: 'destroyVm', vm: 'web-1' });
  await complete(states, ({ vms }) => vms.length === 0);
});

simTest(
  'a vCenter that is gone is said to be gone, and no inventory comes before it was read again',
  async () => {
    const sim = await start();
    const states = read(configOf(sim));
    const before = await complete(states);
    await sim.kill();
    await waitFor(() => states.at(-1)?.complete === false, { what: 'the loss' });
    const from = states.length;
    await sim.restart();
    expect(await complete(states, () => true, from)).toEqual(before);
    const losses = states.filter((state) => !state.complete);
    expect(losses.length).toBeGreaterThan(0);
    expect(states.filter((state) => state.complete)).toHaveLength(2);
  },
);

simTest('a session that ended is an interruption, not a change', async () => {
  const sim = await start();
  const states = read(configOf(sim));
  const before = await complete(states);
  await sim.terminateSessions();
  await waitFor(() => states.length > 1, { what: 'the interruption' });
  expect(await complete(states)).toEqual(before);
  expect(states.map((state) => state.complete)).toEqual([true, false, true]);
});

simTest('a wrong password is told, with what to do', async () => {
  const sim = await start();
  const states = read({ ...configOf(sim), password: 'wrong' });
  await waitFor(() => states.length > 0, { what: 'the refusal' });
  expect(states).toEqual([
    {
      complete: false,
      reason: expect.stringMatching(/refused the login of user.*Check user name and password/),
    },
  ]);
});

simTest('password and authority come from files', async () => {
  const sim = await start({ tlsNames: ['vcenter.test'] });
  const folder = temporaryFolder();
  cleanups.push(() => folder.remove());
  const passwordFile = join(folder.path, 'password');
  const caFile = join(folder.path, 'ca.pem');
  writeFileSync(passwordFile, 'pass\n');
  writeFileSync(caFile, sim.authorityPem ?? '');
  const { url, username, datacenter } = sim;
  const tls = { insecure: false, caFile, serverName: 'vcenter.test' };
  const inventory = await complete(read({ kind: 'vsphere', url, username, passwordFile, datacenter, tls }));
  expect(inventory.vms).toHaveLength(1);
});

simTest('a part of vCenter that is not there is told, and is no empty inventory', async () => {
  const sim = await start();
  const states = read({ ...configOf(sim), scope: { datacenter: 'DC0', cluster: ['C9'] } });
  await waitFor(() => states.length > 0, { what: 'the reason' });
  expect(states[0]).toEqual({
    complete: false,
    reason: expect.stringMatching(/no cluster at DC0\/host\/C9/),
  });
});

simTest('with a scope: VMs, switches and clusters that are named', async () => {
  const sim = await start();
  await sim.apply({ action: 'moveToFolder', vm: 'web-1', folder: 'shop' });
  const scope = { datacenter: 'DC0', cluster: ['DC0_C0'], folder: ['shop'], switch: ['DVS0'] };
  const inventory = await complete(read({ ...configOf(sim), scope }));
  expect(inventory.vms.map(({ name }) => name)).toEqual(['web-1']);
  expect(inventory.networks.map(({ name }) => name)).toEqual(['blue']);
  expect(inventory.hosts.map(({ name }) => name)).toEqual(['esx-1', 'esx-2']);
});

const AGENT = {
  name: 'ContrailVM-esx-1',
  host: 'esx-1',
  power: 'on',
  adapters: [
    { mac: '00:50:56:bf:7d:e1', network: 'blue', ip: '192.168.200.9' },
    { mac: '00:50:56:bf:7d:e2', network: 'contrail-fab-pg', ip: ['fd00::9', '10.84.0.9'] },
  ],
} as const;

simTest("an agent's own VM gets no port, and is told with its address; it is followed", async () => {
  const sim = await start();
  await sim.apply({
    action: 'createNetwork',
    network: { name: 'contrail-fab-pg', vlan: { primary: 9, isolated: 9 } },
  });
  await sim.apply({ action: 'createVm', vm: AGENT });
  const states = read(configOf(sim));
  const inventory = await complete(states);
  expect(inventory.vms.map(({ name }) => name)).toEqual(['web-1']);
  const found = { name: AGENT.name, host: 'esx-1', power: 'on', address: '10.84.0.9' };
  expect(inventory.agentVms).toEqual([found]);

  const [, fabric] = AGENT.adapters;
  await sim.apply({ action: 'guestIp', vm: AGENT.name, mac: fabric.mac, ip: '10.84.0.10' });
  await complete(states, ({ agentVms }) => agentVms?.[0]?.address === '10.84.0.10');
  await sim.apply({ action: 'power', vm: AGENT.name, power: 'off' });
  await complete(states, ({ agentVms }) => agentVms?.[0]?.power === 'off');
  await sim.apply({ action: 'relocate', vm: AGENT.name, host: 'esx-2' });
  await complete(states, ({ agentVms }) => agentVms?.[0]?.host === 'esx-2');
});

const addressesOf = ({ vms }: Inventory): unknown => vms[0]?.adapters.map(({ ip, ip6 }) => [ip, ip6]);

simTest('a guest that falls silent keeps its addresses, over a lost session, too', async () => {
  const sim = await start();
  const states = read(configOf(sim));
  const before = addressesOf(await complete(states));
  expect(before).toEqual([['192.168.200.5', 'fd00::5']]);
  await sim.apply({ action: 'guestIp', vm: 'web-1', mac: MAC, ip: [] });
  await sim.apply({ action: 'renameVm', vm: 'web-1', name: 'web-2' });
  expect(addressesOf(await complete(states, ({ vms }) => vms[0]?.name === 'web-2'))).toEqual(before);
  const from = states.length;
  await sim.terminateSessions();
  await waitFor(() => states.slice(from).some((state) => !state.complete), { what: 'the loss' });
  expect(addressesOf(await complete(states))).toEqual(before);
});

simTest('what was known before a restart counts while the guest is silent', async () => {
  const sim = await start();
  await sim.apply({ action: 'guestIp', vm: 'web-1', mac: MAC, ip: [] });
  const known = new Map([[`${MAC} ${sim.ids().networks.blue}`, { ip: '192.168.200.5' }]]);
  const knownBefore = (mac: string, network: string) => known.get(`${mac} ${network}`);
  expect(addressesOf(await complete(read(configOf(sim), { knownBefore })))).toEqual([
    ['192.168.200.5', undefined],
  ]);
});
