import type { Action, Flow, Match } from '../flows/flow.ts';

/** A frame as it enters a bridge. */
export interface Frame {
  readonly inPort: number;
  readonly vlan: number | undefined;
  readonly source: string;
  readonly destination: string;
}

/** One copy that leaves: through which port, with which tag. */
export type Copy = `${number}:${number | 'untagged'}`;

interface Registers {
  readonly network?: number;
  readonly fromPeer?: boolean;
}

/** What a switch with `flows` does to `frame`, as OpenFlow says it: an own reading of it, for tests. */
export function runFrame(flows: readonly Flow[], frame: Frame): readonly Copy[] {
  const classify = bestMatch(flows, 0, frame, {})?.actions.find((action) => action.do === 'classify');
  if (classify === undefined) return [];
  const untagged = classify.tagged ? { ...frame, vlan: undefined } : frame;
  return copies(bestMatch(flows, 1, untagged, classify)?.actions ?? []);
}

function bestMatch(
  flows: readonly Flow[],
  table: number,
  frame: Frame,
  registers: Registers,
): Flow | undefined {
  const matching = flows.filter((flow) => flow.table === table && matches(flow.match, frame, registers));
  return matching.toSorted((a, b) => b.priority - a.priority)[0];
}

function matches(match: Match, frame: Frame, registers: Registers): boolean {
  const { inPort, vlan, source, destination, network, fromPeer } = match;
  const isGroup = (Number.parseInt(frame.destination.slice(0, 2), 16) & 1) === 1;
  return (
    (inPort ?? frame.inPort) === frame.inPort &&
    (vlan === undefined || (vlan ?? undefined) === frame.vlan) &&
    (source ?? frame.source) === frame.source &&
    (destination === undefined || (destination === 'group' ? isGroup : destination === frame.destination)) &&
    (network === undefined || network === registers.network) &&
    (fromPeer === undefined || fromPeer === registers.fromPeer)
  );
}

function copies(actions: readonly Action[]): readonly Copy[] {
  return actions
    .filter((action) => action.do === 'send')
    .map(({ port, vlan }): Copy => `${port}:${vlan ?? 'untagged'}`)
    .toSorted();
}
