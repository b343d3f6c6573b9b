import { samplePort } from '@vrouter/testkit';
import { fileAll } from '../lanes.ts';
import { DEFAULT_LIMITS, type SyncLimits } from '../limits.ts';
import { newEntry, type PortEntry } from '../port-entry.ts';
import { newAgentState, type AgentState } from '../state.ts';

/** An entry of port `number` that the agent has, enabled, as desired, confirmed in epoch 1; but for `changes`. */
export function settledEntry(number: number, changes: Partial<PortEntry> = {}): PortEntry {
  const port = samplePort(number);
  return {
    ...newEntry(port.id),
    desired: { port, enabled: true },
    held: { port, epoch: 1, enabled: true, ambiguous: false },
    urgent: false,
    ...changes,
  };
}

/** The state of an agent with `entries`, synced once in epoch 1 and up, at moment 0; but for `changes`. */
export function agentOf(
  entries: readonly PortEntry[],
  changes: Partial<AgentState> = {},
  limits: Partial<SyncLimits> = {},
): AgentState {
  const state: AgentState = {
    ...newAgentState({ ...DEFAULT_LIMITS, ...limits }),
    ports: new Map(entries.map((entry) => [entry.id, entry])),
    complete: true,
    known: true,
    needSync: false,
    syncs: 1,
    connection: { kind: 'up', lastAnswerMs: 0, probing: false },
    ...changes,
  };
  fileAll(state, 0);
  return state;
}
