import { startStockVcenter, vcenterSimMissing, waitFor, type StockVcenter } from '@vrouter/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Picture, VmRecord } from '../picture/records.ts';
import { watchForTest, type Watched } from '../testing/watched.ts';

/** What users get who start `vcsim` themselves: everything here goes through vCenter's own API. */
const missing = vcenterSimMissing();
const simTest = test.skipIf(missing);

const VM = 'DC0_C0_RP0_VM0';
const VM_PATH = `/DC0/vm/${VM}`;

let vcenter: StockVcenter;
let watched: Watched;

beforeAll(async () => {
  if (missing) return;
  vcenter = await startStockVcenter({ hosts: 2, vms: 3, portGroups: 2 });
  watched = watchForTest({ url: vcenter.url, pollSeconds: 1, rereadMs: 2_000 });
  await watched.until('synced');
}, 400_000);

afterAll(async () => {
  await watched?.stop();
  await vcenter?.stop();
});

function vm(name = VM, picture: Picture = watched.picture()): VmRecord | undefined {
  return [...picture.vms.values()].find((vm) => vm.name === name);
}

async function onVm(task: string, args = ''): Promise<void> {
  const { operator } = vcenter;
  await operator.task(task, await operator.find('VirtualMachine', VM_PATH), args);
}

simTest('the generated inventory is read', () => {
  const picture = watched.picture();
  expect([...picture.hosts.values()].map(({ name }) => name)).toEqual(['DC0_C0_H0', 'DC0_C0_H1']);
  expect(picture.vms.size).toBe(3);
  const groups = [...picture.networks.values()].map(({ name }) => name);
  expect(groups).toEqual(expect.arrayContaining(['DC0_DVPG0', 'DC0_DVPG1']));
  expect([...picture.switches.values()].map(({ name }) => name)).toEqual(['DVS0']);
  expect(vm()?.adapters).toMatchObject([{ key: 4000, portGroupKey: expect.stringMatching(/^dvportgroup-/) }]);
});

simTest('power follows', async () => {
  await onVm('PowerOffVM_Task');
  await waitFor(() => vm()?.power === 'poweredOff', { what: 'it off' });
  await onVm('PowerOnVM_Task');
  await waitFor(() => vm()?.power === 'poweredOn', { what: 'it on' });
});

simTest("the guest's address follows", async () => {
  const option =
    '<extraConfig xsi:type="OptionValue"><key>SET.guest.ipAddress</key>' +
    '<value xsi:type="xsd:string">10.1.2.3</value></extraConfig>';
  await onVm('ReconfigVM_Task', `<spec>${option}</spec>`);
  await waitFor(() => vm()?.guest.some(({ addresses }) => addresses.includes('10.1.2.3')), {
    what: 'the address',
  });
});

simTest('a move to another host follows', async () => {
  const { operator } = vcenter;
  const host = await operator.find('HostSystem', '/DC0/host/DC0_C0/DC0_C0_H1');
  const other = await operator.find('HostSystem', '/DC0/host/DC0_C0/DC0_C0_H0');
  const target = vm()?.hostRef === host.value ? other : host;
  await onVm('RelocateVM_Task', `<spec><host type="HostSystem">${target.value}</host></spec>`);
  await waitFor(() => vm()?.hostRef === target.value, { what: 'the other host' });
});

simTest('what the simulator changes in silence, maintenance, is found by reading again', async () => {
  const host = await vcenter.operator.find('HostSystem', '/DC0/host/DC0_C0/DC0_C0_H0');
  await vcenter.operator.task('EnterMaintenanceMode_Task', host, '<timeout>0</timeout>');
  await waitFor(() => watched.picture().hosts.get(host.value)?.maintenance === true, {
    what: 'the maintenance',
  });
});

simTest('a new port group follows, and its VLAN', async () => {
  const dvs = await vcenter.operator.find('DistributedVirtualSwitch', '/DC0/network/DVS0');
  const vlan =
    '<defaultPortConfig xsi:type="VMwareDVSPortSetting"><vlan xsi:type="VmwareDistributedVirtualSwitchVlanIdSpec">' +
    '<inherited>false</inherited><vlanId>42</vlanId></vlan></defaultPortConfig>';
  await vcenter.operator.task(
    'AddDVPortgroup_Task',
    dvs,
    `<spec><name>red</name>${vlan}<type>earlyBinding</type></spec>`,
  );
  const red = await waitFor(
    () => [...watched.picture().networks.values()].find(({ name }) => name === 'red'),
    {
      what: 'the port group',
    },
  );
  expect(red.vlan).toEqual({ kind: 'vlan', id: 42 });
});

simTest('a destroyed VM is gone', async () => {
  await onVm('PowerOffVM_Task');
  // The simulator panics, and cuts the poll, over a change of a VM that was destroyed before it was told of.
  await waitFor(() => vm()?.power === 'poweredOff', { what: 'it off' });
  await onVm('Destroy_Task');
  await waitFor(() => vm() === undefined, { what: 'it gone' });
  expect(watched.statuses.filter((status) => 'reason' in status)).toEqual([]);
});
