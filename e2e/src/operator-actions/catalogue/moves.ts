import type { SimChange, SimPower } from '@vrouter/testkit';
import { alike, type ActionGroup } from '../action.ts';
import type { Scene } from '../stage/scene.ts';

const HOST = 'VirtualMachine: runtime.host';
const BURST = 50;
const to = (host: string) => (scene: Scene) => scene.apply({ action: 'relocate', vm: scene.web, host });
const HANDED_OVER = 'agent-2: add, enable; then agent-1: delete';
const nameOf = (scene: Scene, index: number): string => `${scene.web}-${index}`;

export const MOVES: ActionGroup = {
  title: 'vMotion and DRS',
  actions: [
    {
      name: 'Move a running VM to another host',
      given: (scene) => scene.create(),
      does: to('esx-2'),
      reports: HOST,
      ...alike(HANDED_OVER, 'agent-2, enabled'),
      uninterrupted: ['agent-1', 'agent-2'],
      note: 'at no moment is the port enabled on neither agent',
    },
    {
      name: 'Move a VM that is off',
      given: (scene) => scene.create({ power: 'off' }),
      does: to('esx-2'),
      reports: HOST,
      power: { requests: 'nothing', afterwards: 'nowhere' },
      link: { requests: 'agent-2: add, disable; then agent-1: delete', afterwards: 'agent-2, disabled' },
    },
    {
      name: 'Move a running VM away and back',
      given: (scene) => scene.create(),
      async does(scene) {
        await to('esx-2')(scene);
        await scene.settled();
        await to('esx-1')(scene);
      },
      reports: HOST,
      ...alike(`${HANDED_OVER}, add, enable; then agent-2: delete`, 'agent-1, enabled'),
    },
    {
      name: 'Move a running VM while its old agent is down, which comes back',
      given: (scene) => scene.create(),
      async does(scene) {
        await scene.stopAgent('agent-1');
        await to('esx-2')(scene);
        await scene.settled();
        await scene.startAgent('agent-1');
      },
      reports: HOST,
      ...alike(HANDED_OVER, 'agent-2, enabled'),
      note: 'the delete is owed until the old agent is back, so nothing stale stays',
    },
    {
      name: 'Move a running VM while its new agent is down, which comes back',
      given: (scene) => scene.create(),
      async does(scene) {
        await scene.stopAgent('agent-2');
        await to('esx-2')(scene);
        await scene.settled();
        await scene.startAgent('agent-2');
      },
      reports: HOST,
      ...alike('agent-1: delete; then agent-2: add, enable', 'agent-2, enabled'),
      note: 'an agent that is down is waited for no longer than it takes to notice: the VM does run elsewhere',
    },
    {
      name: `DRS moves ${BURST} running VMs at once`,
      async given(scene) {
        await scene.apply(...vmsOf(scene).map((vm): SimChange => ({ action: 'createVm', vm })));
      },
      async does(scene) {
        const moves = vmsOf(scene).map(({ name }): SimChange => ({
          action: 'relocate',
          vm: name,
          host: 'esx-2',
        }));
        await scene.apply(...moves);
      },
      reports: HOST,
      ...alike(HANDED_OVER, 'agent-2, enabled'),
      uninterrupted: ['agent-1', 'agent-2'],
      note: `all ${BURST} ports; the mass-removal brake does not count ports that move`,
    },
  ],
};

function vmsOf(scene: Scene) {
  const power: SimPower = 'on';
  return Array.from({ length: BURST }, (_, index) => {
    const adapters = [{ mac: scene.mac(`port ${index}`), network: 'blue' }];
    return { name: nameOf(scene, index), host: 'esx-1', power, adapters };
  });
}
