import { alike, type ActionGroup } from '../action.ts';
import type { Scene } from '../stage/scene.ts';

const off = async (scene: Scene): Promise<void> => scene.create({ power: 'off' });
const NOTHING_OF_POWERED_OFF = { requests: 'nothing', afterwards: 'nowhere' };

export const VMS: ActionGroup = {
  title: 'Virtual machines',
  actions: [
    {
      name: 'Create a VM',
      does: off,
      reports: 'VirtualMachine enters',
      power: NOTHING_OF_POWERED_OFF,
      link: { requests: 'agent-1: add, disable', afterwards: 'agent-1, disabled' },
    },
    {
      name: 'Create a VM and power it on at once',
      does: (scene) => scene.create(),
      reports: 'VirtualMachine enters',
      power: { requests: 'agent-1: add, enable', afterwards: 'agent-1, enabled' },
      link: { requests: 'agent-1: add, enable', afterwards: 'agent-1, enabled' },
    },
    {
      name: 'Clone a running VM',
      async given(scene) {
        const mac = scene.mac('original');
        await scene.create({ adapters: [{ mac, network: 'blue' }] });
      },
      does: (scene) =>
        scene.apply({ action: 'cloneVm', vm: scene.web, name: scene.db, macs: [scene.mac('copy')] }),
      reports: 'VirtualMachine enters',
      power: {
        requests: 'nothing',
        afterwards: { original: 'agent-1, enabled', copy: 'nowhere' },
      },
      link: {
        requests: { original: 'nothing', copy: 'agent-1: add, disable' },
        afterwards: { original: 'agent-1, enabled', copy: 'agent-1, disabled' },
      },
      note: 'the copy has other MACs',
    },
    {
      name: 'Unregister a VM',
      given: off,
      does: (scene) => scene.apply({ action: 'unregisterVm', vm: scene.web }),
      reports: 'VirtualMachine leaves',
      power: NOTHING_OF_POWERED_OFF,
      link: { requests: 'agent-1: delete', afterwards: 'nowhere' },
      note: 'vCenter does so only with a VM that is off',
    },
    {
      name: 'Register it',
      async given(scene) {
        await off(scene);
        await scene.apply({ action: 'unregisterVm', vm: scene.web });
      },
      does: (scene) => scene.apply({ action: 'registerVm', vm: scene.web }),
      reports: 'VirtualMachine enters',
      power: NOTHING_OF_POWERED_OFF,
      link: { requests: 'agent-1: add, disable', afterwards: 'agent-1, disabled' },
    },
    {
      name: 'Delete a VM from disk',
      given: off,
      does: (scene) => scene.apply({ action: 'destroyVm', vm: scene.web }),
      reports: 'VirtualMachine leaves',
      power: NOTHING_OF_POWERED_OFF,
      link: { requests: 'agent-1: delete', afterwards: 'nowhere' },
    },
    {
      name: 'Power a VM off and delete it',
      given: (scene) => scene.create(),
      does: (scene) => scene.apply({ action: 'destroyVm', vm: scene.web }),
      reports: 'VirtualMachine: runtime.powerState; VirtualMachine leaves',
      power: { requests: 'agent-1: delete', afterwards: 'nowhere' },
      link: { requests: 'agent-1: disable, delete', afterwards: 'nowhere' },
    },
    {
      name: 'Rename a running VM',
      given: (scene) => scene.create(),
      does: (scene) => scene.apply({ action: 'renameVm', vm: scene.web, name: scene.db }),
      reports: 'VirtualMachine: name',
      ...alike('agent-1: add, enable', 'agent-1, enabled'),
      note: 'the name is no part of what an agent forwards by: the port stays, and is told again',
    },
    {
      name: 'Move a VM to a folder',
      given: (scene) => scene.create(),
      does: (scene) => scene.apply({ action: 'moveToFolder', vm: scene.web, folder: scene.lan }),
      reports: 'Folder enters; VirtualMachine enters; VirtualMachine leaves; everything is read again',
      ...alike('nothing', 'agent-1, enabled'),
      note: 'the simulator tells that the VM is gone, and the plugin does not believe it; a real vCenter tells of the folder',
    },
  ],
};
