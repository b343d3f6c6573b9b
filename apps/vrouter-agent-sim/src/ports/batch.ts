import { decide } from './decide.ts';
import { Draft } from './draft.ts';
import type { Outcome } from './model.ts';
import type { Effect } from './protocol.ts';
import type { Batch, Queued, State } from './state.ts';
import { isDone, sweepSlice, type Sweep } from './sweep.ts';

/** Decides what waits, in order, until something has to be saved. */
export function startBatch(state: State): Effect[] {
  const effects: Effect[] = [];
  while (state.batch === undefined && state.queue.length > 0) {
    const draft = new Draft(state.table);
    const decided = state.queue
      .splice(0, state.rules.batchCommandsMax)
      .map((queued) => ({ queued, outcome: decideQueued(state, draft, queued) }));
    const batch = { number: ++state.batchesBegun, draft, decided };
    const changes = draft.changes();
    // Also what changes nothing must not be confirmed before the disk holds what the table does.
    if (changes.length === 0 && !state.isDiskUncertain) {
      effects.push(...settle(state, batch));
    } else {
      state.batch = batch;
      effects.push({ kind: 'persist', batch: batch.number, changes });
    }
  }
  return effects;
}

/** The batch is saved: the draft becomes the table, and the replies may leave. */
export function settle(state: State, batch: Batch): Effect[] {
  state.isDiskUncertain = false;
  batch.draft.commit();
  return batch.decided.flatMap(({ queued, outcome }): Effect[] =>
    queued.kind === 'sweep'
      ? settleSweep(state, queued.sweep)
      : [{ kind: 'reply', request: queued.request, outcome }],
  );
}

/** The batch is not saved: the draft is dropped, nothing changed, and everyone in it is told so. */
export function revoke(state: State, batch: Batch, reason: string, nowMs: number): Effect[] {
  state.isDiskUncertain = true;
  const outcome: Outcome = { ok: false, code: 'NOT_SAVED', detail: reason };
  return batch.decided.flatMap(({ queued }): Effect[] => {
    const request = queued.kind === 'sweep' ? queued.sweep.request : queued.request;
    if (request !== undefined) return [{ kind: 'reply', request, outcome }];
    if (queued.kind === 'sweep') postpone(state, queued.sweep, nowMs + state.rules.sweepRetryMs);
    return [];
  });
}

/** The batch that just ended. */
export function takeBatch(state: State, number: number): Batch {
  const { batch } = state;
  if (batch?.number !== number) throw new Error(`batch ${number} ended, but ${batch?.number} is in flight`);
  state.batch = undefined;
  return batch;
}

function decideQueued({ rules }: State, draft: Draft, queued: Queued): Outcome {
  if (queued.kind === 'sweep') {
    sweepSlice(draft, queued.sweep, rules.sweepSliceMax);
    return { ok: true };
  }
  if (queued.command.kind === 'sync' && draft.deadlines.length >= rules.deadlinesMax) {
    return { ok: false, code: 'OVERLOADED', detail: `${draft.deadlines.length} syncs await their sweep` };
  }
  return decide(draft, queued.command, queued.arrivedAtMs, rules);
}

function settleSweep(state: State, sweep: Sweep): Effect[] {
  if (!isDone(sweep)) {
    state.queue.push({ kind: 'sweep', sweep });
    return [];
  }
  const generation = sweep.generation ?? state.table.generation;
  const effects: Effect[] = [{ kind: 'swept', generation, count: sweep.removedCount }];
  if (sweep.request === undefined) forgetUpTo(state.sweeping, generation);
  else effects.push({ kind: 'reply', request: sweep.request, outcome: { ok: true } });
  return effects;
}

/** In order of their deadlines' coming, so the oldest are first. */
function forgetUpTo(sweeping: Set<number>, newest: number): void {
  for (const generation of sweeping) if (generation <= newest) sweeping.delete(generation);
}

function postpone(state: State, { generation }: Sweep, atMs: number): void {
  if (generation === undefined) return;
  state.sweeping.delete(generation);
  state.table.deadlines = state.table.deadlines.map((deadline) =>
    deadline.generation === generation ? { generation, atMs } : deadline,
  );
}
