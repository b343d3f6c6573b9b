import type { AgentState } from './state.ts';

/** From now on a sync is owed that begins `epoch` or a later one: the answer to one that is under way does not pay it. */
export function oweSync(state: AgentState, epoch = state.epoch + 1): void {
  state.needSync = true;
  state.syncOwedEpoch = Math.max(state.syncOwedEpoch, epoch);
}
