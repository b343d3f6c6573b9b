import { revoke, settle, startBatch, takeBatch } from './batch.ts';
import type { Arrived, Effect, Input, Rules, Saved } from './protocol.ts';
import type { State } from './state.ts';
import { newSweep } from './sweep.ts';

/** Pending sweeps get their full time again: while the agent was down nobody could add a port. */
export function begin(rules: Rules, saved: Saved, nowMs: number): [State, readonly Effect[]] {
  const state: State = {
    rules,
    table: {
      ports: new Map(saved.ports.map((entry) => [entry.port.id, entry])),
      world: 0,
      generation: saved.generation,
      deadlines: saved.pending.map((generation) => ({ generation, atMs: nowMs + rules.staleTimeoutMs })),
    },
    queue: [],
    batch: undefined,
    batchesBegun: 0,
    isDiskUncertain: false,
    sweeping: new Set(),
    wakeAtMs: undefined,
  };
  return [state, wake(state)];
}

/**
 * The whole behaviour of the table, without clock, chance, input or output: what `input` at `nowMs` makes of
 * `state`, and what is to be done about it. Commands and sweeps are decided one after another, in order of arrival;
 * a reply leaves only when all that it stands on is saved. The memory of `state` is used again for the result,
 * since a copy of 100,000 ports per request would be too slow: keep no reference to the old one.
 */
export function step(state: State, input: Input, nowMs: number): [State, readonly Effect[]] {
  const effects = [...take(state, input, nowMs), ...startBatch(state), ...wake(state)];
  return [state, effects];
}

function take(state: State, input: Input, nowMs: number): Effect[] {
  switch (input.kind) {
    case 'commands':
      return input.arrived.flatMap((one) => enqueue(state, one, nowMs));
    case 'tick':
      return enqueueDueSweeps(state, nowMs);
    case 'persisted':
      return settle(state, takeBatch(state, input.batch));
    case 'persist-failed':
      return revoke(state, takeBatch(state, input.batch), input.reason, nowMs);
  }
}

function enqueue(state: State, { request, command }: Arrived, nowMs: number): Effect[] {
  if (state.queue.length >= state.rules.queueLengthMax) {
    const detail = `${state.queue.length} wait already`;
    return [{ kind: 'reply', request, outcome: { ok: false, code: 'OVERLOADED', detail } }];
  }
  state.queue.push(
    command.kind === 'sweep'
      ? { kind: 'sweep', sweep: newSweep({ request, world: undefined }) }
      : { kind: 'command', request, command, arrivedAtMs: nowMs },
  );
  return [];
}

/** Of deadlines that are due together the newest takes what the others would: one sweep, however many there are. */
function enqueueDueSweeps(state: State, nowMs: number): Effect[] {
  state.wakeAtMs = undefined; // the tick used it up
  let newest: number | undefined;
  for (const { generation, atMs } of state.table.deadlines) {
    if (atMs > nowMs || state.sweeping.has(generation)) continue;
    state.sweeping.add(generation);
    newest = generation;
  }
  if (newest !== undefined) {
    const sweep = newSweep({ generation: newest, world: state.table.world });
    state.queue.push({ kind: 'sweep', sweep });
  }
  return [];
}

function wake(state: State): Effect[] {
  let atMs: number | undefined;
  for (const deadline of state.table.deadlines) {
    if (state.sweeping.has(deadline.generation)) continue;
    if (atMs === undefined || deadline.atMs < atMs) atMs = deadline.atMs;
  }
  if (atMs === undefined || atMs === state.wakeAtMs) return [];
  state.wakeAtMs = atMs;
  return [{ kind: 'wake', atMs }];
}
