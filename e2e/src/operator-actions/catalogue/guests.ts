import { alike, type ActionGroup } from '../action.ts';
import type { Scene } from '../stage/scene.ts';

const GUEST = 'VirtualMachine: guest.net';
const reports =
  (...numbers: readonly number[]) =>
  (scene: Scene): Promise<void> => {
    const ip = numbers.map((number) => scene.ip(number));
    return scene.apply({ action: 'guestIp', vm: scene.web, mac: scene.mac(), ip });
  };
const withAddress = (scene: Scene): Promise<void> =>
  scene.create({ adapters: [{ mac: scene.mac(), network: 'blue', ip: scene.ip(1) }] });

export const GUESTS: ActionGroup = {
  title: 'Addresses that a guest reports',
  actions: [
    {
      name: 'The guest of a running VM reports its address',
      given: (scene) => scene.create(),
      does: reports(1),
      reports: GUEST,
      ...alike('agent-1: delete, add, enable', 'agent-1, enabled'),
      note: 'agents do not update a port that they have, so it goes before it comes',
    },
    {
      name: 'The address changes',
      given: withAddress,
      does: reports(2),
      reports: GUEST,
      ...alike('agent-1: delete, add, enable', 'agent-1, enabled'),
    },
    {
      name: 'The guest reports a second address',
      given: withAddress,
      does: reports(3, 1),
      reports: GUEST,
      ...alike('nothing', 'agent-1, enabled'),
      note: 'a port has one: the known one stays',
    },
    {
      name: 'The guest falls silent',
      given: withAddress,
      does: reports(),
      reports: GUEST,
      ...alike('nothing', 'agent-1, enabled'),
      note: 'silence is no news: see [the decision](../decisions/008-addresses-are-kept.md)',
    },
    {
      name: 'Another VM of the network reports the address of a silent guest',
      async given(scene) {
        const adapters = [{ mac: scene.mac('silent'), network: 'blue', ip: scene.ip(1) }];
        await scene.create({ name: scene.db, adapters });
        await scene.settled();
        await scene.apply({ action: 'guestIp', vm: scene.db, mac: scene.mac('silent'), ip: [] });
        await scene.create({ adapters: [{ mac: scene.mac('other'), network: 'blue' }] });
      },
      does: (scene) =>
        scene.apply({ action: 'guestIp', vm: scene.web, mac: scene.mac('other'), ip: scene.ip(1) }),
      reports: GUEST,
      ...alike('agent-1: delete, add, enable', 'agent-1, enabled'),
      note: 'the silent one loses it: two ports with one address would break the VM that is alive',
    },
  ],
};
