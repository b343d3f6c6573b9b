import type { SimAdapter } from '@vrouter/testkit';
import { alike, type ActionGroup } from '../action.ts';
import type { Scene } from '../stage/scene.ts';

const DEVICES = 'VirtualMachine: config.hardware.device';
const HANDED_OVER = 'agent-2: add, enable; then agent-1: delete';
const first = (scene: Scene): SimAdapter => ({ mac: scene.mac('first'), network: 'blue' });
const second = (scene: Scene, network: string): SimAdapter => ({ mac: scene.mac('second'), network });
const withOne = (scene: Scene): Promise<void> => scene.create({ adapters: [first(scene)] });
const withTwo = (scene: Scene): Promise<void> =>
  scene.create({ adapters: [first(scene), second(scene, 'green')] });
const change = (to: Partial<Pick<SimAdapter, 'mac' | 'network' | 'connected'>>) => (scene: Scene) =>
  scene.apply({ action: 'changeAdapter', vm: scene.web, mac: scene.mac(), to });

export const ADAPTERS: ActionGroup = {
  title: 'Network adapters of a running VM',
  actions: [
    {
      name: 'Add an adapter',
      given: withOne,
      does: (scene) => scene.apply({ action: 'addAdapter', vm: scene.web, adapter: second(scene, 'green') }),
      reports: DEVICES,
      ...alike({ first: 'nothing', second: 'agent-1: add, enable' }, 'agent-1, enabled'),
    },
    {
      name: 'Add a second adapter on the same port group',
      given: withOne,
      does: (scene) => scene.apply({ action: 'addAdapter', vm: scene.web, adapter: second(scene, 'blue') }),
      reports: DEVICES,
      ...alike({ first: 'nothing', second: 'agent-1: add, enable' }, 'agent-1, enabled'),
      note: 'adapters are told apart by their MAC, not by their network',
    },
    {
      name: 'Remove an adapter',
      given: withTwo,
      does: (scene) => scene.apply({ action: 'removeAdapter', vm: scene.web, mac: scene.mac('second') }),
      reports: 'VirtualMachine: config.hardware.device, guest.net',
      ...alike(
        { first: 'nothing', second: 'agent-1: delete' },
        { first: 'agent-1, enabled', second: 'nowhere' },
      ),
    },
    {
      name: 'Disconnect an adapter',
      given: (scene) => scene.create(),
      does: change({ connected: false }),
      reports: DEVICES,
      ...alike('agent-1: disable', 'agent-1, disabled'),
    },
    {
      name: 'Connect it',
      given: (scene) => scene.create({ adapters: [{ mac: scene.mac(), network: 'blue', connected: false }] }),
      does: change({ connected: true }),
      reports: DEVICES,
      ...alike('agent-1: enable', 'agent-1, enabled'),
    },
    {
      name: 'Change the MAC of an adapter',
      given: (scene) => scene.create({ adapters: [{ mac: scene.mac('old'), network: 'blue' }] }),
      does: (scene) =>
        scene.apply({
          action: 'changeAdapter',
          vm: scene.web,
          mac: scene.mac('old'),
          to: { mac: scene.mac('new') },
        }),
      reports: DEVICES,
      ...alike(
        { old: 'agent-1: delete', new: 'agent-1: add, enable' },
        { old: 'nowhere', new: 'agent-1, enabled' },
      ),
      note: 'the id of a port is made from its MAC: another MAC is another port',
    },
    {
      name: 'Move an adapter to another port group',
      given: (scene) => scene.create(),
      does: change({ network: 'green' }),
      reports: DEVICES,
      ...alike('agent-1: delete, add, enable', 'agent-1, enabled'),
      note: 'agents do not update a port that they have, so it goes before it comes',
    },
    {
      name: 'Add an adapter that has no MAC yet',
      given: withOne,
      does: (scene) => scene.apply({ action: 'addAdapter', vm: scene.web, adapter: { network: 'blue' } }),
      reports: DEVICES,
      ...alike('nothing', 'agent-1, enabled', ['no-mac']),
    },
    {
      name: 'The adapter gets its MAC',
      given: (scene) => scene.create({ adapters: [{ network: 'blue', key: 4000 }] }),
      does: (scene) => scene.apply({ action: 'assignMac', vm: scene.web, key: 4000, mac: scene.mac() }),
      reports: DEVICES,
      ...alike('agent-1: add, enable', 'agent-1, enabled'),
    },
    {
      name: 'Power on a second VM with the MAC of one that runs',
      given: (scene) => scene.create({ id: idOf(scene, 1) }),
      does: (scene) => scene.create({ name: scene.db, id: idOf(scene, 2), host: 'esx-2' }),
      reports: 'VirtualMachine enters',
      ...alike('nothing', 'agent-1, enabled', ['duplicate-mac']),
      note: 'of running VMs with one MAC that with the lowest id has the port, so nothing flaps',
    },
    {
      name: 'Power the first of the two off',
      async given(scene) {
        await scene.create({ id: idOf(scene, 1) });
        await scene.create({ name: scene.db, id: idOf(scene, 2), host: 'esx-2' });
      },
      does: (scene) => scene.apply({ action: 'power', vm: scene.web, power: 'off' }),
      reports: 'VirtualMachine: runtime.powerState',
      power: { requests: HANDED_OVER, afterwards: 'agent-2, enabled' },
      link: { requests: HANDED_OVER, afterwards: 'agent-2, enabled', problems: ['duplicate-mac'] },
    },
  ],
};

function idOf(scene: Scene, number: number): string {
  return `5027000${number}-0000-0000-0000-${scene.mac().replaceAll(':', '')}`;
}
