import type { Change } from '../ports/model.ts';
import type { Saved } from '../ports/protocol.ts';

/** A file that could not be taken for what it should be, and was put out of the way. */
export interface SetAside {
  readonly name: string;
  readonly reason: string;
  /** Where it is now; undefined when it could not be moved. */
  readonly path: string | undefined;
}

export interface Loaded extends Saved {
  readonly setAside: readonly SetAside[];
}

/** Keeps what the table holds. One caller at a time, one `apply` in flight. */
export interface PortStore {
  /** How many commands it saves at once, gladly. */
  readonly batchCommandsMax: number;
  /** What earlier lives saved; call it once, before `apply`. */
  load(): Promise<Loaded>;
  /**
   * Saves all `changes`, durably, or none of them: then it rejects, and the next call may succeed. Across a crash
   * the ports of one call are kept all or none. Once it resolved, also without changes, nothing is on disk any more of
   * a call that rejected before.
   */
  apply(changes: readonly Change[]): Promise<void>;
  /** Resolves when port files hold what `apply` saved before, as far as the disk lets them; it never rejects. */
  written?(): Promise<void>;
  /** Finishes what `apply` left to be done later. Call it once, last; it never rejects. */
  close?(): Promise<void>;
  /** What is wrong at the moment, in words for operators. */
  problems?(): readonly string[];
}
