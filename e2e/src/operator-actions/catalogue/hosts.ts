import type { SimPower } from '@vrouter/testkit';
import { alike, type ActionGroup } from '../action.ts';
import type { Scene } from '../stage/scene.ts';

const KEPT = alike('nothing', 'agent-1, enabled');
const IN_STEP_AGAIN = alike('agent-1: sync, add, enable', 'agent-1, enabled');
const maintenance = (maintenance: boolean) => (scene: Scene) =>
  scene.apply({ action: 'maintenance', host: 'esx-1', maintenance });
const connection = (connected: boolean) => (scene: Scene) =>
  scene.apply({ action: 'hostConnection', host: 'esx-1', connected });
const power = (to: SimPower) => (scene: Scene) => scene.apply({ action: 'power', vm: scene.web, power: to });
const STATE = 'HostSystem: runtime.connectionState, runtime.inMaintenanceMode';

/** With two VMs, of which `web` is powered off while the host is in maintenance. */
async function changedInMaintenance(scene: Scene): Promise<void> {
  await scene.create({ adapters: [{ mac: scene.mac('off'), network: 'blue' }] });
  await scene.create({ name: scene.db, adapters: [{ mac: scene.mac('on'), network: 'blue' }] });
  await scene.settled();
  await maintenance(true)(scene);
  await power('off')(scene);
}

/** HA has restarted `web` on the other host. */
async function restartedElsewhere(scene: Scene): Promise<void> {
  await scene.create();
  await scene.settled();
  await connection(false)(scene);
  await scene.apply({ action: 'relocate', vm: scene.web, host: 'esx-2' });
}

export const HOSTS: ActionGroup = {
  title: 'Hosts',
  actions: [
    {
      name: 'Put a host with a running VM into maintenance',
      given: (scene) => scene.create(),
      does: maintenance(true),
      undo: maintenance(false),
      reports: STATE,
      ...KEPT,
      note: 'the agent is parked: nothing is sent, and what happens is remembered; vCenter moves VMs away before',
    },
    {
      name: 'Power a VM off on a host in maintenance',
      async given(scene) {
        await scene.create();
        await scene.settled();
        await maintenance(true)(scene);
      },
      does: power('off'),
      undo: maintenance(false),
      reports: 'VirtualMachine: runtime.powerState',
      ...KEPT,
      note: 'it waits in the retry list',
    },
    {
      name: 'Take the host out of maintenance',
      given: changedInMaintenance,
      does: maintenance(false),
      reports: STATE,
      power: {
        requests: { off: 'agent-1: sync, delete', on: 'agent-1: sync, add, enable' },
        afterwards: { off: 'nowhere', on: 'agent-1, enabled' },
      },
      link: {
        requests: { off: 'agent-1: sync, add, disable', on: 'agent-1: sync, add, enable' },
        afterwards: { off: 'agent-1, disabled', on: 'agent-1, enabled' },
      },
      note: 'one VM was powered off meanwhile; the other ports of that agent are added again, too',
    },
    {
      name: 'vCenter loses a host',
      given: (scene) => scene.create(),
      does: connection(false),
      undo: connection(true),
      reports: STATE,
      ...KEPT,
      note: 'as in maintenance: nothing is known of its VMs, so nothing changes',
    },
    {
      name: 'It is connected again',
      async given(scene) {
        await scene.create();
        await scene.settled();
        await connection(false)(scene);
      },
      does: connection(true),
      reports: STATE,
      ...IN_STEP_AGAIN,
    },
    {
      name: 'HA restarts a VM of a lost host elsewhere',
      async given(scene) {
        await scene.create();
        await scene.settled();
        await connection(false)(scene);
      },
      does: (scene) => scene.apply({ action: 'relocate', vm: scene.web, host: 'esx-2' }),
      undo: connection(true),
      reports: 'VirtualMachine: runtime.host',
      ...alike('agent-2: add, enable', 'agent-1, enabled and agent-2, enabled'),
      note: 'an agent out of reach is not waited for',
    },
    {
      name: 'The lost host is back without it',
      given: restartedElsewhere,
      does: connection(true),
      reports: STATE,
      ...alike('agent-1: sync, delete', 'agent-2, enabled'),
    },
    {
      name: 'Remove a host with a running VM on it',
      given: (scene) => scene.create({ host: 'esx-3' }),
      does: (scene) => scene.apply({ action: 'removeHost', host: 'esx-3' }),
      reports: 'HostSystem leaves; VirtualMachine: runtime.powerState; VirtualMachine leaves',
      power: { requests: 'agent-3: delete', afterwards: 'nowhere' },
      link: { requests: 'agent-3: disable, delete', afterwards: 'nowhere' },
    },
    {
      name: 'Add a host that no agent serves, with a running VM',
      async does(scene) {
        await scene.apply({ action: 'addHost', host: scene.host });
        await scene.create({ host: scene.host });
      },
      reports: 'HostSystem enters; VirtualMachine enters',
      ...alike('nothing', 'nowhere', ['host-without-agent']),
      note: '`/readyz` warns',
    },
  ],
};
