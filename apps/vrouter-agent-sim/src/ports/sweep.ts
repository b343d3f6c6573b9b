import type { Draft } from './draft.ts';
import { NEVER_SWEPT_TYPE, type PortEntry } from './model.ts';

/** The removal of all ports older than a generation, in slices so that requests need not wait for the whole. */
export interface Sweep {
  /** undefined, until it begins, for "the one of that moment". */
  generation: number | undefined;
  /** Which world its deadline is of, or in which it began. */
  world: number | undefined;
  /** Who asked for it, if not a deadline. */
  readonly request: number | undefined;
  /** Ports that were old when the sweep began, and how many of them are done. */
  candidates: readonly string[] | undefined;
  doneCount: number;
  removedCount: number;
}

export function newSweep(
  from: ({ generation: number } | { request: number }) & { world: number | undefined },
): Sweep {
  return {
    generation: undefined,
    request: undefined,
    ...from,
    candidates: undefined,
    doneCount: 0,
    removedCount: 0,
  };
}

/**
 * Takes the next `countMax` candidates of `sweep` from `draft`; the last slice also settles the deadline. A sweep whose
 * world was replaced ends there: its deadline is gone, and so is what it was to take.
 */
export function sweepSlice(draft: Draft, sweep: Sweep, countMax: number): void {
  if (sweep.world !== undefined && sweep.world !== draft.world) {
    sweep.candidates = [];
    sweep.doneCount = 0;
    return;
  }
  sweep.world = draft.world;
  const generation = (sweep.generation ??= draft.generation);
  sweep.candidates ??= oldPorts(draft, generation);
  const slice = sweep.candidates.slice(sweep.doneCount, sweep.doneCount + countMax);
  for (const id of slice) {
    const entry = draft.get(id);
    // It may have been added again, or deleted, since the sweep began.
    if (entry === undefined || !isOld(entry, generation)) continue;
    draft.remove(id);
    sweep.removedCount += 1;
  }
  sweep.doneCount += slice.length;
  if (isDone(sweep)) {
    draft.deadlines = draft.deadlines.filter((deadline) => deadline.generation > generation);
  }
}

export function isDone(sweep: Sweep): boolean {
  return sweep.doneCount === sweep.candidates?.length;
}

function oldPorts(draft: Draft, generation: number): string[] {
  const ids: string[] = [];
  for (const entry of draft.entries()) if (isOld(entry, generation)) ids.push(entry.port.id);
  return ids;
}

function isOld(entry: PortEntry, generation: number): boolean {
  return entry.generation < generation && entry.port.type !== NEVER_SWEPT_TYPE;
}
