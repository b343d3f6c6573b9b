import type { SimPower } from '@vrouter/testkit';
import { alike, type ActionGroup } from '../action.ts';
import type { Scene } from '../stage/scene.ts';

const power = (to: SimPower) => (scene: Scene) => scene.apply({ action: 'power', vm: scene.web, power: to });
const POWER_STATE = 'VirtualMachine: runtime.powerState';

export const POWER: ActionGroup = {
  title: 'Power',
  actions: [
    {
      name: 'Power a VM on',
      given: (scene) => scene.create({ power: 'off' }),
      does: power('on'),
      reports: POWER_STATE,
      power: { requests: 'agent-1: add, enable', afterwards: 'agent-1, enabled' },
      link: { requests: 'agent-1: enable', afterwards: 'agent-1, enabled' },
    },
    {
      name: 'Power it off',
      given: (scene) => scene.create(),
      does: power('off'),
      reports: POWER_STATE,
      power: { requests: 'agent-1: delete', afterwards: 'nowhere' },
      link: { requests: 'agent-1: disable', afterwards: 'agent-1, disabled' },
    },
    {
      name: 'Suspend it',
      given: (scene) => scene.create(),
      does: power('suspended'),
      reports: POWER_STATE,
      power: { requests: 'agent-1: delete', afterwards: 'nowhere' },
      link: { requests: 'agent-1: disable', afterwards: 'agent-1, disabled' },
    },
    {
      name: 'Resume it',
      given: (scene) => scene.create({ power: 'suspended' }),
      does: power('on'),
      reports: POWER_STATE,
      power: { requests: 'agent-1: add, enable', afterwards: 'agent-1, enabled' },
      link: { requests: 'agent-1: enable', afterwards: 'agent-1, enabled' },
    },
    {
      name: 'Reset it',
      given: (scene) => scene.create(),
      does: (scene) => scene.apply({ action: 'reset', vm: scene.web }),
      reports: POWER_STATE,
      ...alike('nothing', 'agent-1, enabled'),
      note: 'off and on again arrive together',
    },
  ],
};
