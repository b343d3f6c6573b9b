import type { Lab } from '../lab.ts';
import { look } from '../view/look.ts';
import {
  agentHas,
  agentIsDown,
  agentIsUp,
  bothSidesAgree,
  nothingToSweep,
  pluginIsDown,
  pluginOwes,
} from './expectations.ts';
import { GHOST, haunt } from './ghost.ts';
import type { Step } from './step.ts';
import { bookmarkAll, nobodyAskedToDelete, syncedThenAdded, type Bookmark } from './wire.ts';

const WEB_3 = {
  name: 'web-3',
  power: 'on',
  host: 'esx-1',
  id: '50270005-240a-841f-e24c-1564537218f7',
  adapters: [{ mac: '00:50:56:00:01:03', network: 'blue', ip: '10.0.1.13' }],
} as const;

/** What a port lives through, in a lab that has just started for the first time. */
export function story({ inventory, agents: [agent1, agent2], plugin }: Lab): readonly Step[] {
  const pluginGone: Bookmark = new Map();
  return [
    {
      title: 'Start',
      tells: 'vCenter has four VMs; db-2 is powered off.',
      act: async () => {},
      expects: [
        agentHas('agent-1', ['web-1', 'db-1']),
        agentHas('agent-2', ['web-2']),
        nothingToSweep,
        bothSidesAgree,
      ],
    },
    {
      title: 'Add',
      tells: 'db-2 is powered on in vCenter.',
      act: async () => inventory.setPower('db-2', 'on'),
      expects: [agentHas('agent-2', ['web-2', 'db-2']), bothSidesAgree],
    },
    {
      title: 'Agent down',
      tells: 'agent-1 is killed (SIGKILL) and tells nobody.',
      act: () => agent1.kill(),
      expects: [agentIsDown('agent-1', 2)],
    },
    {
      title: 'Add and delete while it is down',
      tells: 'In vCenter web-3 is created on esx-1, db-1 is powered off on esx-1, and db-2 on esx-2.',
      act: async () => {
        inventory.addVm(WEB_3);
        inventory.setPower('db-1', 'off');
        inventory.setPower('db-2', 'off');
      },
      expects: [
        pluginOwes(['add web-3 on agent-1', 'delete db-1 on agent-1']),
        agentHas('agent-2', ['web-2']),
        agentIsDown('agent-1', 2),
      ],
    },
    {
      title: 'Agent up',
      tells: 'agent-1 starts again and reads its port files, which are out of date by now.',
      act: () => agent1.start(),
      expects: [agentIsUp('agent-1')],
    },
    {
      title: 'Converged',
      tells: 'Nobody does anything: the plugin notices by itself that agent-1 is back.',
      act: async () => {},
      expects: [agentHas('agent-1', ['web-1', 'web-3']), pluginOwes([]), bothSidesAgree],
    },
    {
      title: 'Plugin down',
      tells: 'The plugin is stopped; somebody puts a port on agent-2 by hand that no VM has.',
      act: async () => {
        await plugin.stop();
        await haunt(agent2.url);
        bookmarkAll(pluginGone, await look({ agents: [agent1, agent2], plugin }));
      },
      expects: [pluginIsDown, agentHas('agent-2', ['web-2', GHOST])],
    },
    {
      title: 'Plugin restart',
      tells:
        'The plugin starts again and sends a sync: agents mark all ports NOT seen, each add marks one Seen.',
      act: () => plugin.start(),
      expects: [
        syncedThenAdded('agent-1', ['web-1', 'web-3'], pluginGone),
        syncedThenAdded('agent-2', ['web-2'], pluginGone),
      ],
    },
    {
      title: 'Sweep',
      tells: 'The time after the sync runs out; the agents delete what is still NOT seen.',
      act: async () => {},
      expects: [
        agentHas('agent-1', ['web-1', 'web-3']),
        agentHas('agent-2', ['web-2']),
        nobodyAskedToDelete(pluginGone),
        nothingToSweep,
        bothSidesAgree,
      ],
    },
  ];
}
