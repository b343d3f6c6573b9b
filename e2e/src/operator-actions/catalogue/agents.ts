import type { SimPower } from '@vrouter/testkit';
import { alike, type ActionGroup } from '../action.ts';
import type { Scene } from '../stage/scene.ts';

const POWER_STATE = 'VirtualMachine: runtime.powerState';
const IN_STEP_AGAIN = 'agent-4: sync, add, enable';
const power =
  (to: SimPower) =>
  (scene: Scene): Promise<void> =>
    scene.apply({ action: 'power', vm: scene.agentVm.name, power: to });

/** A host whose agent is found through its VM, with a VM on it besides. */
async function served(scene: Scene): Promise<void> {
  const { name, host } = scene.agentVm;
  const { hosts, vms } = scene.stage.sim.inventory();
  const names = [...hosts, ...vms].map((each) => (typeof each === 'string' ? each : each.name));
  if (!names.includes(host)) await scene.apply({ action: 'addHost', host });
  if (!names.includes(name)) await scene.apply({ action: 'createVm', vm: scene.agentVm });
  await scene.create({ host });
  await scene.settled();
}

export const AGENTS: ActionGroup = {
  title: "Agents' own VMs (`agentVm.discover`)",
  actions: [
    {
      name: 'Add a host with the VM of an agent, then a VM',
      does: served,
      reports: 'HostSystem enters; VirtualMachine enters',
      ...alike(IN_STEP_AGAIN, 'agent-4, enabled'),
    },
    {
      name: "Power an agent's VM off",
      given: served,
      does: power('off'),
      undo: power('on'),
      reports: POWER_STATE,
      ...alike('nothing', 'agent-4, enabled', ['agent-off']),
      note: 'the agent is parked: nothing is sent, and what happens is remembered',
    },
    {
      name: 'Power it on',
      async given(scene) {
        await served(scene);
        await power('off')(scene);
      },
      does: power('on'),
      reports: POWER_STATE,
      ...alike(IN_STEP_AGAIN, 'agent-4, enabled'),
    },
    {
      name: "Delete an agent's VM",
      async given(scene) {
        await served(scene);
        await power('off')(scene);
      },
      does: (scene) => scene.apply({ action: 'destroyVm', vm: scene.agentVm.name }),
      reports: 'VirtualMachine leaves',
      ...alike('nothing', 'agent-4, enabled', ['host-without-agent']),
      note: 'the agent is gone, and may forward still: what it may hold is remembered',
    },
  ],
};
