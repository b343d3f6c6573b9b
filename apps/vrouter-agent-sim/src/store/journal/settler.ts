import type { Clock, Logger } from '@vrouter/service-kit';
import type { FileEntry } from './file-entry.ts';
import type { FileIndex } from './file-index.ts';
import type { Journal } from './journal.ts';
import type { Pace } from '../../pace.ts';
import type { JournalRecord, Settled } from './record.ts';
import type { WriteBehind } from './write-behind.ts';

/** Quiet for so long, files go to disk for certain. */
const QUIET_MS = 50;
/** A disk that refused to cut the journal is asked again so often. */
const RETRY_MS = 1000;

export interface SettlerOptions {
  readonly behind: WriteBehind;
  readonly index: FileIndex;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly log: Logger;
  /** Called when the journal was told what is certain. */
  readonly onSettled: () => void;
}

/** When all is quiet, has written files on disk and tells the journal, which from then on believes the files. */
export class Settler {
  readonly #options: SettlerOptions;
  /** Certain, but not in the journal yet. */
  #notes = new Map<FileEntry, Settled>();
  #cancel: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;
  #failure: Error | undefined;

  constructor(options: SettlerOptions) {
    this.#options = options;
  }

  /** Why the last attempt came to nothing. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** What the next record can tell besides; `noted` once it is on disk. */
  notes(): readonly Settled[] {
    const { files } = this.#options.index;
    for (const [entry, [id]] of this.#notes) if (files.get(id) !== entry) this.#notes.delete(entry);
    return [...this.#notes.values()];
  }

  noted({ settled = [] }: JournalRecord): void {
    const told = new Set(settled);
    for (const [entry, note] of this.#notes) if (told.has(note)) this.#notes.delete(entry);
  }

  soon(delayMs = QUIET_MS): void {
    if (this.#isClosed) return;
    this.#cancel?.();
    this.#cancel = this.#options.clock.schedule(delayMs, () => void this.now());
  }

  /** Resolves when it is done, or when there is something better to do for the disk. Never rejects. */
  now(): Promise<void> {
    this.#running = this.#running.then(() => this.#settle(() => !this.#isClosed && this.#isQuiet()));
    return this.#running;
  }

  /** Settles for the last time, until `endMs` of the pace. */
  async close(endMs: number): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    await this.#running;
    await this.#settle(() => this.#options.pace.nowMs() < endMs);
  }

  #isQuiet(): boolean {
    return this.#options.behind.waitingCount === 0;
  }

  async #settle(isWanted: () => boolean): Promise<void> {
    const { behind, index, journal, log, onSettled } = this.#options;
    try {
      await journal.mend();
      for (const [entry, note] of await behind.settle(isWanted)) this.#notes.set(entry, note);
      await journal.append(
        () => index.recordOf([], this.notes()),
        (record) => {
          index.takeChanges([], record);
          this.noted(record);
        },
      );
      this.#failure = undefined;
      onSettled();
    } catch (error) {
      if (journal.isTorn) this.soon(RETRY_MS); // nothing can be saved before
      const isKnown = this.#failure !== undefined;
      this.#failure = error as Error;
      if (isKnown) return;
      log.warn(
        { err: error },
        'files could not be brought to disk for certain; the journal keeps what they hold',
      );
    }
  }
}
