import {
  addRequest,
  deleteRequest,
  disableRequest,
  enableRequest,
  type AgentRequest,
} from '@vrouter/agent-client/wire';
import type { PortEntry } from '@vrouter/vrouter-agent-sim/simulation';
import type { Station } from '../world/station.ts';
import type { World } from '../world/world.ts';

/** Of the stale timeout: after a sync, when the ports were added again, and well before the look behind its sweep. */
const AFTER_REPLAY_SHARE = 1 / 3;
const FOREIGN = 'f0000000-0000-4000-8000-';

type Meddle = (entry: PortEntry) => [kind: string, request: AgentRequest];

/** A port goes that the plugin has just added: the look after the sweep finds that it is gone. */
export const steal: Meddle = ({ port }) => ['delete', deleteRequest(port.id)];

/** Somebody else switches a port off, or on. */
export const flip: Meddle = ({ port, linkState }) =>
  linkState === 1 ? ['disable', disableRequest(port.id)] : ['enable', enableRequest(port.id)];

/** Somebody else adds another record under the same id. */
export const replace: Meddle = ({ port }) => [
  'add',
  addRequest({ ...port, 'tx-vlan-id': 7, 'rx-vlan-id': 8 }),
];

/** Asks for a sync, and lets somebody else change one of the ports once they are added again. */
export function meddleAfterSync(world: World, station: Station, number: number, meddle: Meddle): void {
  world.askForSync(station);
  world.clock.schedule(AFTER_REPLAY_SHARE * world.options.limits.staleTimeoutMs, () => {
    const { agent, rules } = station;
    const ids = [...agent.ports.keys()].filter((id) => rules.wanted.has(id)).sort();
    const entry = agent.ports.get(ids[number % Math.max(ids.length, 1)] ?? '');
    // What an agent that hangs reads only after the look, nobody can see before the next sync.
    if (!agent.isUp || agent.isHung || entry === undefined) return;
    world.trouble(station);
    const [kind, request] = meddle(entry);
    station.taken.add(entry.port.id);
    world.meddle(station, kind, request);
  });
}

/** Somebody else adds a port that nobody wants; then a sync is asked for, whose sweep takes it. */
export function addForeign(world: World, station: Station, number: number): void {
  const [entry] = station.agent.ports.values();
  if (!station.agent.isUp || entry === undefined) return;
  const id = `${FOREIGN}${(number % 4).toString().padStart(12, '0')}`;
  world.trouble(station);
  const request = addRequest({ ...entry.port, id, 'system-name': id });
  // An agent that hangs reads in any order afterwards: only a sync that it reads later takes the port away.
  world.meddle(station, 'add', request, () => {
    world.clock.schedule(0, () => world.askForSync(station));
  });
}

/** Is a port of somebody else there, which only a sweep takes away? */
export function hasForeign({ agent }: Station): boolean {
  return [...agent.ports.keys()].some((id) => id.startsWith(FOREIGN));
}
