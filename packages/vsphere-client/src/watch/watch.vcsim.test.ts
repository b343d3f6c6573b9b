import { waitFor, type SimChange } from '@vrouter/testkit';
import { expect } from 'vitest';
import type { Picture, VmRecord } from '../picture/records.ts';
import { simTest, WatchedSim } from '../testing/watched-sim.ts';

const MAC = '00:50:56:bf:7d:a1';
const OTHER_MAC = '00:50:56:bf:7d:a2';

const site = new WatchedSim(
  {
    hosts: ['esx-1', 'esx-2'],
    networks: [
      { name: 'blue', vlan: { primary: 100, isolated: 101 } },
      { name: 'red', vlan: { primary: 7, isolated: 7 } },
    ],
    vms: [
      {
        name: 'web-1',
        host: 'esx-1',
        power: 'on',
        adapters: [{ mac: MAC, network: 'blue', ip: '10.0.0.5' }],
      },
    ],
  },
  { pollSeconds: 2 },
);

function vmNamed(name: string, picture: Picture = site.watched.picture()): VmRecord | undefined {
  return [...picture.vms.values()].find((vm) => vm.name === name);
}

/** Does it, then waits until the picture shows it. */
async function see(change: SimChange, what: string, shown: (picture: Picture) => boolean): Promise<void> {
  expect(shown(site.watched.picture()), `${what}: already before`).toBe(false);
  await site.sim.apply(change);
  await waitFor(() => shown(site.watched.picture()), { what });
}

simTest('the first picture has everything', () => {
  const ids = site.sim.ids();
  const [first] = site.watched.pictures;
  if (first === undefined) throw new Error('no picture');
  expect(vmNamed('web-1', first)).toMatchObject({
    instanceUuid: ids.vms['web-1'],
    power: 'poweredOn',
    hostRef: ids.hosts['esx-1'],
    template: false,
    adapters: [{ key: 4000, mac: MAC, connected: true, portGroupKey: ids.networks.blue }],
    guest: [{ mac: MAC, addresses: ['10.0.0.5'] }],
  });
  expect([...first.hosts.values()]).toMatchObject([
    { name: 'esx-1', connection: 'connected', maintenance: false },
    { name: 'esx-2', connection: 'connected', maintenance: false },
  ]);
  const [dvs] = first.switches.values();
  expect(dvs).toMatchObject({
    name: 'DVS0',
    pvlans: [
      { primary: 100, secondary: 100, type: 'promiscuous' },
      { primary: 100, secondary: 101, type: 'isolated' },
    ],
  });
  expect(first.networks.get(ids.networks.blue ?? '')).toMatchObject({
    name: 'blue',
    vlan: { kind: 'pvlan', id: 101 },
    switchRef: dvs?.ref,
  });
  expect(first.networks.get(ids.networks.red ?? '')).toMatchObject({ vlan: { kind: 'vlan', id: 7 } });
});

simTest.each([
  ['suspended', 'suspended'],
  ['on', 'poweredOn'],
  ['off', 'poweredOff'],
] as const)('power %s', async (power, state) => {
  await see({ action: 'power', vm: 'web-1', power }, state, () => vmNamed('web-1')?.power === state);
});

simTest(
  'an adapter is added, moved to another network, disconnected, given another MAC, and removed',
  async () => {
    const macs = (): (string | undefined)[] => vmNamed('web-1')?.adapters.map(({ mac }) => mac) ?? [];
    const second = (): VmRecord['adapters'][number] | undefined => vmNamed('web-1')?.adapters[1];
    const change = (to: object, mac = OTHER_MAC): SimChange => ({
      action: 'changeAdapter',
      vm: 'web-1',
      mac,
      to,
    });
    await see(
      { action: 'addAdapter', vm: 'web-1', adapter: { mac: OTHER_MAC, network: 'blue' } },
      'a second adapter on the same network',
      () => macs().join() === `${MAC},${OTHER_MAC}`,
    );
    const red = site.sim.ids().networks.red;
    await see(change({ network: 'red' }), 'it on red', () => second()?.portGroupKey === red);
    await see(change({ connected: false }), 'it without a cable', () => second()?.connected === false);
    const newMac = '00:50:56:bf:7d:a3';
    await see(change({ mac: newMac }), 'its new MAC', () => second()?.mac === newMac);
    await see({ action: 'removeAdapter', vm: 'web-1', mac: newMac }, 'it gone', () => macs().join() === MAC);
  },
);

simTest('a guest gets addresses, others, and none', async () => {
  const addresses = (): string =>
    vmNamed('web-1')
      ?.guest.flatMap(({ addresses }) => addresses)
      .join() ?? '';
  const guestIp = (...ip: string[]): SimChange => ({ action: 'guestIp', vm: 'web-1', mac: MAC, ip });
  await see(guestIp('10.0.0.6', 'fd00::6'), 'both addresses', () => addresses() === '10.0.0.6,fd00::6');
  await see(guestIp(), 'no address', () => addresses() === '');
});

simTest('a VM is created, renamed, moved to another host, and destroyed', async () => {
  await see(
    {
      action: 'createVm',
      vm: { name: 'web-2', host: 'esx-1', adapters: [{ mac: OTHER_MAC, network: 'red' }] },
    },
    'the new VM',
    () => vmNamed('web-2')?.adapters[0]?.mac === OTHER_MAC,
  );
  expect(vmNamed('web-2')?.instanceUuid).toBe(site.sim.ids().vms['web-2']);
  await see(
    { action: 'renameVm', vm: 'web-2', name: 'db-1' },
    'its new name',
    () => vmNamed('db-1') !== undefined,
  );
  const target = site.sim.ids().hosts['esx-2'];
  await see(
    { action: 'relocate', vm: 'db-1', host: 'esx-2' },
    'it on esx-2',
    () => vmNamed('db-1')?.hostRef === target,
  );
  await see({ action: 'destroyVm', vm: 'db-1' }, 'it gone', () => vmNamed('db-1') === undefined);
});

simTest('a VM that moves to another folder is the same VM, whatever is reported', async () => {
  await see(
    { action: 'createVm', vm: { name: 'roamer', host: 'esx-1', adapters: [] } },
    'the new VM',
    () => vmNamed('roamer') !== undefined,
  );
  await site.sim.apply({ action: 'moveToFolder', vm: 'roamer', folder: 'attic' });
  // Its power tells that what was reported of the move has arrived, too.
  await see(
    { action: 'power', vm: 'roamer', power: 'on' },
    'it on',
    () => vmNamed('roamer')?.power === 'poweredOn',
  );
  await see(
    { action: 'power', vm: 'roamer', power: 'off' },
    'it off',
    () => vmNamed('roamer')?.power === 'poweredOff',
  );
  await site.sim.apply({ action: 'destroyVm', vm: 'roamer' });
  expect(site.watched.statuses.at(-1)).toEqual({ state: 'synced' });
  const gone = (picture: Picture): boolean => vmNamed('roamer', picture) === undefined;
  await waitFor(() => gone(site.watched.picture()), { what: 'it gone' });
  const since = site.watched.pictures.findIndex((picture) => !gone(picture));
  expect(site.watched.pictures.slice(since).map(gone).indexOf(true)).toBe(
    site.watched.pictures.length - since - 1,
  );
});

simTest('a port group is created, changed, and destroyed', async () => {
  const vlan = (): unknown => site.watched.picture().networks.get(site.sim.ids().networks.green ?? '')?.vlan;
  const green = (id: number): { primary: number; isolated: number } => ({ primary: id, isolated: id });
  await see(
    { action: 'createNetwork', network: { name: 'green', vlan: green(9) } },
    'the network',
    () => vlan() !== undefined,
  );
  expect(vlan()).toEqual({ kind: 'vlan', id: 9 });
  await see(
    { action: 'changeNetwork', network: 'green', vlan: { primary: 200, isolated: 201 } },
    'its private VLAN',
    ({ switches }) =>
      [...switches.values()].some(({ pvlans }) => pvlans.some(({ secondary }) => secondary === 201)),
  );
  await waitFor(() => JSON.stringify(vlan()) === '{"kind":"pvlan","id":201}', { what: 'the private VLAN' });
  const key = site.sim.ids().networks.green ?? '';
  await see({ action: 'destroyNetwork', network: 'green' }, 'it gone', ({ networks }) => !networks.has(key));
});

simTest('a host is added, enters maintenance, and is lost', async () => {
  const host = (name: string): unknown =>
    [...site.watched.picture().hosts.values()].find((host) => host.name === name);
  await see({ action: 'addHost', host: 'esx-3' }, 'the host', () => host('esx-3') !== undefined);
  await see({ action: 'maintenance', host: 'esx-3', maintenance: true }, 'its maintenance', () =>
    JSON.stringify(host('esx-3')).includes('"maintenance":true'),
  );
  await see({ action: 'hostConnection', host: 'esx-3', connected: false }, 'its loss', () =>
    JSON.stringify(host('esx-3')).includes('notResponding'),
  );
});
