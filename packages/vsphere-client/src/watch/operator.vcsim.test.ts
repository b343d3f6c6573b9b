import { waitFor, type SimChange } from '@vrouter/testkit';
import { expect } from 'vitest';
import type { Picture, VmRecord } from '../picture/records.ts';
import { simTest, WatchedSim } from '../testing/watched-sim.ts';

const MAC = '00:50:56:bf:7d:a1';

/** What operators do more seldom; each test leaves the VM `web-1` as it was. */
const site = new WatchedSim(
  {
    hosts: ['esx-1', 'esx-2'],
    networks: [{ name: 'blue', vlan: { primary: 7, isolated: 7 } }],
    vms: [{ name: 'web-1', host: 'esx-1', power: 'on', adapters: [{ mac: MAC, network: 'blue' }] }],
  },
  { pollSeconds: 2 },
);

function vm(name: string, picture: Picture = site.watched.picture()): VmRecord | undefined {
  return [...picture.vms.values()].find((vm) => vm.name === name);
}

/** By device key: the simulator puts what was changed last. */
function macs(name: string): (string | undefined)[] {
  const adapters = vm(name)?.adapters.toSorted((a, b) => a.key - b.key);
  return adapters?.map(({ mac }) => mac) ?? [];
}

async function see(change: SimChange, what: string, shown: () => boolean): Promise<void> {
  await site.sim.apply(change);
  await waitFor(shown, { what });
}

simTest('a reset ends with the VM on', async () => {
  const before = site.watched.pictures.length;
  await site.sim.apply({ action: 'reset', vm: 'web-1' });
  await see(
    { action: 'addHost', host: 'esx-3' },
    'what was done after it',
    () => site.watched.picture().hosts.size === 3,
  );
  expect(vm('web-1')?.power).toBe('poweredOn');
  expect(site.watched.pictures.length).toBeGreaterThan(before);
});

simTest('a clone has an identity and a MAC of its own, and takes nothing from the original', async () => {
  const other = '00:50:56:bf:7d:c1';
  await see(
    { action: 'cloneVm', vm: 'web-1', name: 'copy', macs: [other] },
    'the copy',
    () => macs('copy')[0] === other,
  );
  expect(vm('copy')).toMatchObject({ power: 'poweredOff', instanceUuid: site.sim.ids().vms.copy });
  expect(vm('copy')?.instanceUuid).not.toBe(vm('web-1')?.instanceUuid);
  expect(macs('web-1')).toEqual([MAC]);
  await see({ action: 'destroyVm', vm: 'copy' }, 'it gone', () => vm('copy') === undefined);
});

simTest('an unregistered VM is gone, and a registered one is the same by another reference', async () => {
  const before = vm('web-1');
  await see(
    { action: 'power', vm: 'web-1', power: 'off' },
    'it off',
    () => vm('web-1')?.power === 'poweredOff',
  );
  await see({ action: 'unregisterVm', vm: 'web-1' }, 'it gone', () => vm('web-1') === undefined);
  await expect(site.sim.apply({ action: 'power', vm: 'web-1', power: 'on' })).rejects.toThrow(
    /No VM is called web-1/,
  );
  await see({ action: 'registerVm', vm: 'web-1' }, 'it back', () => vm('web-1') !== undefined);
  await see({ action: 'power', vm: 'web-1', power: 'on' }, 'it on', () => vm('web-1')?.power === 'poweredOn');
  const { ref, ...rest } = vm('web-1') ?? {};
  expect(rest).toEqual({ ...before, ref: undefined });
  expect(ref).not.toBe(before?.ref);
});

simTest('a card gets its MAC later', async () => {
  const change: SimChange = {
    action: 'createVm',
    vm: {
      name: 'new',
      host: 'esx-2',
      adapters: [{ network: 'blue' }, { mac: '00:50:56:bf:7d:c2', network: 'blue' }],
    },
  };
  await see(change, 'the VM', () => JSON.stringify(macs('new')) === '[null,"00:50:56:bf:7d:c2"]');
  const mac = '00:50:56:bf:7d:c3';
  await see({ action: 'assignMac', vm: 'new', key: 4000, mac }, 'its MAC', () => macs('new')[0] === mac);
  await see(
    { action: 'addAdapter', vm: 'new', adapter: { network: 'blue' } },
    'a third card',
    () => macs('new').length === 3,
  );
  await waitFor(() => macs('new')[2] === undefined, { what: 'it without a MAC' });
  await see({ action: 'destroyVm', vm: 'new' }, 'it gone', () => vm('new') === undefined);
});

simTest('a port group gets another name, and what is on it stays', async () => {
  const key = site.sim.ids().networks.blue ?? '';
  await see(
    { action: 'renameNetwork', network: 'blue', name: 'azure' },
    'the name',
    () => site.watched.picture().networks.get(key)?.name === 'azure',
  );
  expect(vm('web-1')?.adapters).toMatchObject([{ portGroupKey: key }]);
  await site.sim.apply({ action: 'changeAdapter', vm: 'web-1', mac: MAC, to: { connected: false } });
  await site.sim.apply({ action: 'changeAdapter', vm: 'web-1', mac: MAC, to: { connected: true } });
  expect(site.sim.ids().networks).toEqual({ azure: key });
});

simTest('a removed host is gone, with its VMs', async () => {
  await site.sim.apply({ action: 'relocate', vm: 'web-1', host: 'esx-2' });
  const hosts = (): string[] => [...site.watched.picture().hosts.values()].map(({ name }) => name);
  await see({ action: 'removeHost', host: 'esx-1' }, 'it gone', () => !hosts().includes('esx-1'));
  expect(vm('web-1')).toBeDefined();
  await see({ action: 'removeHost', host: 'esx-2' }, 'it gone', () => !hosts().includes('esx-2'));
  await waitFor(() => vm('web-1') === undefined, { what: 'its VM gone' });
  expect(site.watched.statuses.filter((status) => 'reason' in status)).toEqual([]);
});
