import type { Draft } from './draft.ts';
import type { Command, Outcome, Table } from './model.ts';
import type { Rules } from './protocol.ts';
import type { Sweep } from './sweep.ts';

/** Held by the caller, changed by nobody but `step`. Its `table` may be read at any time: it is what is saved. */
export interface State {
  readonly rules: Rules;
  readonly table: Table;
  readonly queue: Queued[];
  /** Being saved; one at a time, so that the disk sees changes in the order of the commands. */
  batch: Batch | undefined;
  batchesBegun: number;
  /** The last batch could not be saved, and may have left something on disk that only the next save takes back. */
  isDiskUncertain: boolean;
  /** Generations whose deadline came and whose sweep waits or runs. */
  readonly sweeping: Set<number>;
  /** When the caller was last asked to send a tick. */
  wakeAtMs: number | undefined;
}

export type Queued =
  | {
      readonly kind: 'command';
      readonly request: number;
      readonly command: Exclude<Command, { kind: 'sweep' }>;
      readonly arrivedAtMs: number;
    }
  | { readonly kind: 'sweep'; readonly sweep: Sweep };

export interface Batch {
  readonly number: number;
  readonly draft: Draft;
  readonly decided: readonly { readonly queued: Queued; readonly outcome: Outcome }[];
}
