import type { Action, Flow } from './flow.ts';
import type { ForwardedPort, Forwarding, Peer } from './forwarding.ts';

/** OpenFlow number of the link to the host's virtual switch. */
export const TRUNK = 1;

const PRIORITY = 10;
/** A machine that moved away is no longer here, though its port still is. */
const PRIORITY_MOVED = 20;

/**
 * The flows that make a bridge forward for `ports` and for nobody else: a frame is taken from a port's MAC on its
 * rx-VLAN, and leaves towards its destination's port on that one's tx-VLAN, or to the agent that has it. What matches
 * no flow is dropped. No two flows match alike. `ports` whose network has no label are left out.
 */
export function desiredFlows({ ports, labels, peers }: Forwarding): Flow[] {
  const byAge = ports.toSorted(
    (a, b) => b.sinceMs - a.sinceMs || (a.mac + a.network < b.mac + b.network ? -1 : 1),
  );
  const byLink = peers.toSorted((a, b) => a.link - b.link);
  const flows = new Map<string, Flow>();
  // Of flows that match alike the newest port's stays.
  const put = (key: string, flow: Flow): void => void (flows.has(key) || flows.set(key, flow));
  for (const port of byAge) {
    const label = labels.get(port.network);
    if (label === undefined) continue;
    put(`from ${port.rxVlan} ${port.mac}`, fromMachine(port, label));
    put(`to ${label} ${port.mac}`, toMachine(port, label));
  }
  for (const [network, label] of labels) {
    const local = byAge.filter((port) => port.network === network);
    if (local.length === 0) continue;
    const remote = byLink.flatMap((peer) => inNetwork(peer, network));
    for (const { link } of peers) put(`link ${link} ${label}`, fromPeer(link, label));
    for (const target of newestFirst(remote)) {
      const here = local.find(({ mac }) => mac === target.mac);
      if (here === undefined || here.sinceMs < target.sinceMs)
        put(`away ${label} ${target.mac}`, toPeer(target, label));
    }
    const near = toEveryoneHere(local);
    const far = [...new Map(remote.map((each) => [each.link, sendTo(each)])).values()];
    put(`group ${label} near`, group(label, true, near));
    put(`group ${label} far`, group(label, false, [...near, ...far]));
  }
  return [...flows.values()];
}

interface RemoteMachine {
  readonly mac: string;
  readonly sinceMs: number;
  readonly link: number;
  readonly label: number;
}

function inNetwork({ link, networks }: Peer, network: string): readonly RemoteMachine[] {
  return networks
    .filter((each) => each.network === network)
    .flatMap(({ label, macs }) => [...macs].map(([mac, sinceMs]) => ({ mac, sinceMs, link, label })));
}

function newestFirst(machines: readonly RemoteMachine[]): readonly RemoteMachine[] {
  return machines.toSorted((a, b) => b.sinceMs - a.sinceMs || a.link - b.link);
}

function fromMachine({ mac, rxVlan }: ForwardedPort, network: number): Flow {
  const match = { inPort: TRUNK, vlan: rxVlan ?? null, source: mac };
  const classify = { do: 'classify', network, fromPeer: false, tagged: rxVlan !== undefined } as const;
  return { table: 0, priority: PRIORITY, match, actions: [classify] };
}

function fromPeer(link: number, label: number): Flow {
  const classify = { do: 'classify', network: label, fromPeer: true, tagged: true } as const;
  return { table: 0, priority: PRIORITY, match: { inPort: link, vlan: label }, actions: [classify] };
}

function toMachine({ mac, txVlan }: ForwardedPort, network: number): Flow {
  const send: Action = { do: 'send', port: TRUNK, vlan: txVlan };
  return { table: 1, priority: PRIORITY, match: { network, destination: mac }, actions: [send] };
}

function toPeer(target: RemoteMachine, network: number): Flow {
  const match = { network, fromPeer: false, destination: target.mac };
  return { table: 1, priority: PRIORITY_MOVED, match, actions: [sendTo(target)] };
}

function sendTo({ link, label }: RemoteMachine): Action {
  return { do: 'send', port: link, vlan: label };
}

/** One copy per VLAN: the host's switch hands it to every machine of the port group. */
function toEveryoneHere(local: readonly ForwardedPort[]): readonly Action[] {
  const vlans = [...new Set(local.map(({ txVlan }) => txVlan))].toSorted((a = 0, b = 0) => a - b);
  return vlans.map((vlan) => ({ do: 'send', port: TRUNK, vlan }));
}

function group(network: number, cameFromPeer: boolean, actions: readonly Action[]): Flow {
  const match = { network, fromPeer: cameFromPeer, destination: 'group' };
  return { table: 1, priority: PRIORITY, match, actions };
}
