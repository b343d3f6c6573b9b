import type { SimVlan } from '@vrouter/testkit';
import { alike, type ActionGroup } from '../action.ts';
import type { Scene } from '../stage/scene.ts';

const plain = (id: number): SimVlan => ({ primary: id, isolated: id });

/** A port group of the scene's own, with a VM on it. */
const lanWith =
  (vlan: SimVlan) =>
  async (scene: Scene): Promise<void> => {
    await scene.apply({ action: 'createNetwork', network: { name: scene.lan, vlan } });
    await scene.create({ adapters: [{ mac: scene.mac(), network: scene.lan }] });
  };
const give =
  (vlan: SimVlan) =>
  (scene: Scene): Promise<void> =>
    scene.apply({ action: 'changeNetwork', network: scene.lan, vlan });
const VLAN = 'DistributedVirtualPortgroup: config.defaultPortConfig; DistributedVirtualSwitch: config';

export const NETWORKS: ActionGroup = {
  title: 'Distributed port groups with a running VM on them',
  actions: [
    {
      name: 'Create a port group',
      does: (scene) =>
        scene.apply({ action: 'createNetwork', network: { name: scene.lan, vlan: plain(300) } }),
      reports: 'DistributedVirtualPortgroup enters; DistributedVirtualSwitch: config',
      ...alike({}, {}),
    },
    {
      name: 'Change its VLAN',
      given: lanWith(plain(301)),
      does: give(plain(302)),
      reports: VLAN,
      ...alike('agent-1: delete, add, enable', 'agent-1, enabled'),
    },
    {
      name: 'Change its private VLAN',
      given: lanWith({ primary: 303, isolated: 304 }),
      does: give({ primary: 303, isolated: 305 }),
      reports: VLAN,
      ...alike('agent-1: delete, add, enable', 'agent-1, enabled'),
    },
    {
      name: 'Make it a trunk of several VLANs',
      given: lanWith(plain(306)),
      does: give({ trunk: [{ start: 1, end: 99 }] }),
      reports: VLAN,
      ...alike('agent-1: delete', 'nowhere', ['network-without-vlan']),
    },
    {
      name: 'Take its VLAN away',
      given: lanWith(plain(307)),
      does: give(plain(0)),
      reports: VLAN,
      ...alike('agent-1: delete', 'nowhere', ['network-without-vlan']),
    },
    {
      name: 'Give it a VLAN',
      given: lanWith(plain(0)),
      does: give(plain(308)),
      reports: VLAN,
      ...alike('agent-1: add, enable', 'agent-1, enabled'),
    },
    {
      name: 'Rename it',
      given: lanWith(plain(309)),
      does: (scene) => scene.apply({ action: 'renameNetwork', network: scene.lan, name: `${scene.lan}-new` }),
      reports: 'DistributedVirtualPortgroup: name',
      ...alike('nothing', 'agent-1, enabled'),
      note: "the network's id is made from vCenter's key, which stays",
    },
    {
      name: 'Destroy it',
      given: lanWith(plain(310)),
      does: (scene) => scene.apply({ action: 'destroyNetwork', network: scene.lan }),
      reports: 'DistributedVirtualPortgroup leaves',
      ...alike('agent-1: delete', 'nowhere', ['unknown-network']),
      note: 'a real vCenter refuses while adapters are on it',
    },
  ],
};
