import { startStockVcenter, vcenterSimMissing, waitFor, type StockVcenter } from '@vrouter/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Scope } from '../collector/scope.ts';
import { watchForTest, type Watched } from '../testing/watched.ts';

/** Two clusters of one host and two VMs each; one VM in the folder `shop`, and a second switch with a port group. */
const missing = vcenterSimMissing();
const simTest = test.skipIf(missing);

let vcenter: StockVcenter;
const watches: Watched[] = [];

beforeAll(async () => {
  if (missing) return;
  vcenter = await startStockVcenter({ hosts: 1, vms: 2, portGroups: 1, clusters: 2 });
  await createFolder('shop');
  await moveTo('shop', 'DC0_C0_RP0_VM0');
  const { operator } = vcenter;
  const networks = await operator.find('Folder', '/DC0/network');
  const spec = '<spec><configSpec xsi:type="VMwareDVSConfigSpec"><name>DVS1</name></configSpec></spec>';
  const dvs = await operator.task('CreateDVS_Task', networks, spec);
  const group = '<spec><name>red</name><type>earlyBinding</type></spec>';
  await operator.task('AddDVPortgroup_Task', { type: 'DistributedVirtualSwitch', value: dvs }, group);
}, 400_000);

afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.stop();
});

afterAll(() => vcenter?.stop());

async function createFolder(name: string): Promise<void> {
  const { operator } = vcenter;
  await operator.call('CreateFolder', await operator.find('Folder', '/DC0/vm'), `<name>${name}</name>`);
}

async function moveTo(folder: string, vm: string, from = ''): Promise<void> {
  const { operator } = vcenter;
  const { value } = await operator.find('VirtualMachine', `/DC0/vm/${from}${vm}`);
  const target = await operator.find('Folder', `/DC0/vm${folder === '' ? '' : `/${folder}`}`);
  await operator.task('MoveIntoFolder_Task', target, `<list type="VirtualMachine">${value}</list>`);
}

function watch(scope: Scope): Watched {
  const watched = watchForTest({ url: vcenter.url, pollSeconds: 1, scope });
  watches.push(watched);
  return watched;
}

interface Seen {
  readonly hosts: readonly string[];
  readonly vms: readonly string[];
  readonly switches: readonly string[];
  readonly groups: readonly string[];
}

function seen(watched: Watched): Seen {
  const { hosts, vms, switches, networks } = watched.picture();
  const names = (records: ReadonlyMap<string, { readonly name: string }>): string[] =>
    [...records.values()].map(({ name }) => name).sort();
  return {
    hosts: names(hosts),
    vms: names(vms),
    switches: names(switches),
    groups: names(networks).filter((name) => !name.includes('Uplinks')),
  };
}

const ALL: Seen = {
  hosts: ['DC0_C0_H0', 'DC0_C1_H0'],
  vms: ['DC0_C0_RP0_VM0', 'DC0_C0_RP0_VM1', 'DC0_C1_RP0_VM0', 'DC0_C1_RP0_VM1'],
  switches: ['DVS0', 'DVS1'],
  groups: ['DC0_DVPG0', 'red'],
};
const C1 = { hosts: ['DC0_C1_H0'], vms: ['DC0_C1_RP0_VM0', 'DC0_C1_RP0_VM1'] };

simTest.each<[string, Scope, Partial<Seen>]>([
  ['nothing named', {}, {}],
  ['empty lists', { cluster: [], switch: [], folder: [] }, {}],
  ['a data centre', { datacenter: 'DC0' }, {}],
  ['a cluster', { datacenter: 'DC0', cluster: ['DC0_C1'] }, C1],
  ['both clusters', { datacenter: 'DC0', cluster: ['DC0_C1', 'DC0_C0'] }, {}],
  ['a folder', { datacenter: 'DC0', folder: ['shop'] }, { vms: ['DC0_C0_RP0_VM0'] }],
  ['a switch', { datacenter: 'DC0', switch: ['DVS1'] }, { switches: ['DVS1'], groups: ['red'] }],
  [
    'all of them',
    { datacenter: 'DC0', cluster: ['DC0_C0'], folder: ['shop'], switch: ['DVS0'] },
    { hosts: ['DC0_C0_H0'], vms: ['DC0_C0_RP0_VM0'], switches: ['DVS0'], groups: ['DC0_DVPG0'] },
  ],
])('with %s', async (_what, scope, expected) => {
  const watched = watch(scope);
  await watched.until('synced');
  expect(seen(watched)).toEqual({ ...ALL, ...expected });
  const kinds = [...watched.picture().places.values()].map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['datacenter', 'cluster']));
});

simTest('what moves out of the folder is gone, and comes back with it', async () => {
  const watched = watch({ datacenter: 'DC0', folder: ['shop'] });
  await watched.until('synced');
  await moveTo('', 'DC0_C0_RP0_VM0', 'shop/');
  await waitFor(() => seen(watched).vms.length === 0, { what: 'an empty folder' });
  await moveTo('shop', 'DC0_C0_RP0_VM0');
  await waitFor(() => seen(watched).vms.length === 1, { what: 'it back' });
});

simTest.each<[string, Scope, RegExp]>([
  ['a data centre', { datacenter: 'DC9' }, /no data centre at DC9/],
  ['a cluster', { datacenter: 'DC0', cluster: ['DC0_C0', 'C9'] }, /no cluster at DC0\/host\/C9/],
  ['a folder', { datacenter: 'DC0', folder: ['web'] }, /no folder of VMs at DC0\/vm\/web/],
  ['a VM instead of a folder', { datacenter: 'DC0', folder: ['DC0_C0_RP0_VM1'] }, /no folder of VMs at/],
  ['a switch', { datacenter: 'DC0', switch: ['DVS9'] }, /no distributed switch at DC0\/network\/DVS9/],
])('%s that is not there is no empty inventory', async (_what, scope, reason) => {
  const watched = watch(scope);
  await watched.untilReason(reason);
  expect(watched.pictures).toHaveLength(0);
});

simTest('a folder that is renamed takes nothing away', async () => {
  await createFolder('old');
  await moveTo('old', 'DC0_C1_RP0_VM1');
  const watched = watchForTest({
    url: vcenter.url,
    pollSeconds: 1,
    rereadMs: 1_000,
    scope: { datacenter: 'DC0', folder: ['old'] },
  });
  watches.push(watched);
  await watched.until('synced');
  const { operator } = vcenter;
  await operator.task('Rename_Task', await operator.find('Folder', '/DC0/vm/old'), '<newName>new</newName>');
  await watched.untilReason(/no folder of VMs at DC0\/vm\/old/);
  expect(seen(watched).vms).toEqual(['DC0_C1_RP0_VM1']);
});
