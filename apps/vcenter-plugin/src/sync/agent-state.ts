import { releaseBrake } from './brake.ts';
import { applyProbe } from './connection.ts';
import { applyDesired, applyLedger, applySuspected } from './desired.ts';
import { applyOutcome } from './outcome.ts';
import { pump } from './pump.ts';
import { oweSync } from './owed-sync.ts';
import type { AgentState, Effect, Input } from './state.ts';

/**
 * The whole behaviour towards one agent: takes `input` in at `nowMs` and says what to do. Pure: no clock, no random
 * numbers, no input or output, so that every schedule of faults can be replayed. It takes over the state that it is
 * given and returns it changed: a copy of thousands of ports per request would be too slow.
 */
export function step(state: AgentState, input: Input, nowMs: number): [AgentState, Effect[]] {
  const effects: Effect[] = [];
  switch (input.kind) {
    case 'ledger':
      applyLedger(state, input.rows);
      break;
    case 'desired':
      applyDesired(state, input.ports, input.parked, input.moved, nowMs, effects);
      break;
    case 'suspected':
      applySuspected(state, input.ports, nowMs, effects);
      break;
    case 'incomplete':
      state.complete = false;
      break;
    case 'release':
      releaseBrake(state, nowMs, effects);
      break;
    case 'resync':
      oweSync(state);
      break;
    case 'outcome':
      applyOutcome(state, input.operationId, input.outcome, input.random, nowMs, effects);
      break;
    case 'probed':
      applyProbe(state, input.accepts, input.random, nowMs);
      break;
    case 'wake':
      break;
  }
  pump(state, nowMs, effects);
  return [state, effects];
}
