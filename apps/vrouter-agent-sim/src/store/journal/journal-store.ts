import { join } from 'node:path';
import type { Clock, Logger } from '@vrouter/service-kit';
import type { Change, PortEntry } from '../../ports/model.ts';
import { pathOf, type Places } from '../file-steps.ts';
import { isAbsent, type FileSystem } from '../file-system.ts';
import { MARKS, readMarks } from '../read-marks.ts';
import { setAside } from '../set-aside.ts';
import type { Loaded, PortStore, SetAside } from '../store.ts';
import { FileTransactions } from '../transaction.ts';
import { FileIndex } from './file-index.ts';
import { Journal } from './journal.ts';
import { LoadMeter } from './load-meter.ts';
import { systemPace, type Pace } from '../../pace.ts';
import { readState } from './read-state.ts';
import { reconcile } from './reconcile.ts';
import { changesWanted } from './wanted.ts';
import { Settler } from './settler.ts';
import { isTimeForFiles, shareOfFiles } from './time-for-files.ts';
import { SLICE_MS_MAX, WriteBehind, type Staged } from './write-behind.ts';

const SET_ASIDE = 'set-aside';
/** Files that wait while the disk refuses them; then changes are refused too. */
const STUCK_MAX = 256;
/** How long files wait before they look whether the load is over, or it is their turn. */
const BUSY_MS = 5;
/** A stop waits no longer for files: the next start brings to an end what the journal knows. */
const CLOSE_WRITE_MS_MAX = 3000;
const CLOSE_MS_MAX = 4000;
/** What a port takes in a new journal, about. */
const ROW_BYTES = 350;
const TORN = 'the journal ends in a change that was refused, and the disk does not let it be cut off';

export interface JournalStoreOptions {
  readonly files: FileSystem;
  readonly places: Places;
  /** Written into each file. */
  readonly author: string;
  /** Milliseconds since 1970, written into each file. */
  readonly now: () => number;
  /** For the disk, which does not stand still when the agent's clock does. */
  readonly clock: Clock;
  readonly log: Logger;
  readonly tuning?: Partial<Tuning>;
  readonly pace?: Pace;
}

export interface Tuning {
  /** So few files change before the answer leaves: whoever lists the folder then finds what was answered. */
  readonly nowMax: number;
  /** Files that wait to be written; from half of it on writing takes a growing share of the time even from requests. */
  readonly waitingMax: number;
  /** So much is added to a journal, and as much again as it began with, before a new one is begun; under load four times that. */
  readonly growthBytesMax: number;
}

const TUNING: Tuning = { nowMax: 16, waitingMax: 262_144, growthBytesMax: 16 * 1024 * 1024 };
/** Most bursts are over before a journal has grown so far, and need not share the time with a new one. */
const GROWTH_UNDER_LOAD = 4;

/**
 * Durability `journal`: changes are saved in a journal, one write for all that wait, and port files are brought up
 * to it behind the answers.
 */
export class JournalStore implements PortStore {
  readonly batchCommandsMax = 1024;
  readonly #options: JournalStoreOptions;
  readonly #tuning: Tuning;
  readonly #pace: Pace;
  readonly #index = new FileIndex();
  readonly #journal: Journal;
  readonly #behind: WriteBehind;
  readonly #settler: Settler;
  readonly #load = new LoadMeter();
  #isClosing = false;
  #whoWaitForFiles = 0;
  #beganWithBytes = 0;
  #replacing: Promise<void> | undefined;

  constructor(options: JournalStoreOptions) {
    const { files, places, author, clock, log, now, pace = systemPace } = options;
    this.#options = options;
    this.#pace = pace;
    this.#tuning = { ...TUNING, ...options.tuning };
    this.#journal = new Journal(files, places);
    this.#behind = new WriteBehind({
      files,
      places,
      author,
      now,
      clock,
      pace,
      entryOf: (id) => this.#index.files.get(id),
      pause: () => this.#letOthersRun(),
      onIdle: () => this.#settler.soon(),
    });
    this.#settler = new Settler({
      behind: this.#behind,
      index: this.#index,
      journal: this.#journal,
      clock,
      pace,
      log,
      onSettled: () => this.#replaceWhenGrown(),
    });
  }

  async load(): Promise<Loaded> {
    const { files, places } = this.#options;
    await new FileTransactions(files, places).recover();
    const content = readState(files, this.#journal.path, this.#index);
    const aside: SetAside[] = [];
    if (content === undefined) aside.push(...(await this.#adoptMarks()));
    const { behind, written, bad, readCount } = reconcile(files, places.ports, this.#index);
    for (const { name, reason, isUnreadable } of bad) {
      if (!isUnreadable) this.#index.files.delete(name);
      aside.push(
        isUnreadable
          ? { name, reason, path: undefined }
          : await this.#setAside(join(places.ports, name), name, reason),
      );
    }
    if (content === undefined || content.damagedLines.length > 0) {
      if (content !== undefined) aside.push(await this.#keepDamaged(content.damagedLines));
      await this.#journal.replace(this.#index.snapshot());
      await this.#discardMarks();
    } else {
      await this.#journal.resume(content.lengthBytes);
    }
    this.#beganWithBytes = Math.min(this.#journal.lengthBytes, this.#index.files.size * ROW_BYTES);
    if (readCount > this.#index.files.size / 2) this.#replaceSoon();
    this.#behind.adopt(written);
    this.#behind.add(behind);
    await this.#behind.drain();
    return this.#loaded(aside);
  }

  /** Those that durability `file` left. */
  async #adoptMarks(): Promise<readonly SetAside[]> {
    const { files, places } = this.#options;
    const { marks, setAside } = await readMarks(files, places);
    if (marks !== undefined) this.#index.marks = marks;
    return setAside;
  }

  /** The journal has them now. */
  async #discardMarks(): Promise<void> {
    const { files, places } = this.#options;
    await files.unlink(pathOf(places, MARKS)).catch((error: unknown) => {
      if (!isAbsent(error)) throw error;
    });
  }

  async apply(changes: readonly Change[]): Promise<void> {
    await this.#roomForMore();
    const wanted = changesWanted(changes, this.#index, this.#options);
    const isFew = this.#isFew(wanted.length);
    const staged = isFew ? this.#stage(wanted) : new Map<string, Staged>();
    let ids: readonly string[] = [];
    try {
      await this.#journal.append(
        () => this.#index.recordOf(wanted, this.#settler.notes()),
        (record) => {
          ids = this.#index.takeChanges(wanted, record);
          this.#settler.noted(record);
        },
      );
    } catch (error) {
      for (const one of staged.values()) this.#behind.unstage(one);
      if (this.#journal.isTorn) this.#settler.soon();
      throw error;
    }
    if (isFew) this.#behind.addNow(ids, staged);
    else this.#behind.add(ids);
    this.#replaceWhenGrown();
  }

  /** Writes all files that wait, and has them on disk for certain, as far as the disk lets it. */
  async settle(): Promise<void> {
    await this.#behind.drain();
    await this.#settler.now();
    await this.#replacing;
  }

  async written(): Promise<void> {
    this.#whoWaitForFiles += 1;
    await this.#behind.caughtUp();
    this.#whoWaitForFiles -= 1;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const beganMs = this.#pace.nowMs();
    await this.#behind.drain(beganMs + CLOSE_WRITE_MS_MAX);
    this.#behind.stop();
    await this.#settler.close(beganMs + CLOSE_MS_MAX);
    await this.#replacing;
    await this.#journal.close();
  }

  /** Why files are not on disk for certain, as far as the disk said. */
  get whyUnsettled(): string | undefined {
    return (this.#behind.failure?.error ?? this.#settler.failure)?.message;
  }

  problems(): readonly string[] {
    const { failure, waitingCount } = this.#behind;
    const problems = failure && [`${waitingCount} port files wait to be written: ${failure.error.message}`];
    return [...(this.#journal.isTorn ? [TORN] : []), ...(problems ?? [])];
  }

  #stage(changes: readonly Change[]): Map<string, Staged> {
    const staged = new Map<string, Staged>();
    try {
      for (const change of changes) {
        if (change.kind !== 'save') continue;
        const { port, linkState } = change;
        staged.set(port.id, this.#behind.stage(port.id, { port, linkState }));
      }
    } catch (error) {
      for (const one of staged.values()) this.#behind.unstage(one);
      throw error;
    }
    return staged;
  }

  #isFew(count: number): boolean {
    const nowMs = this.#pace.nowMs();
    this.#load.add(count, nowMs);
    return count <= this.#tuning.nowMax && !this.#load.isHigh(nowMs);
  }

  /** Back-pressure: the journal must not run away from the files. */
  async #roomForMore(): Promise<void> {
    for (;;) {
      const { failure, waitingCount } = this.#behind;
      if (failure !== undefined && waitingCount >= STUCK_MAX) throw failure.error;
      if (waitingCount < this.#tuning.waitingMax) return;
      await this.#pace.turn();
    }
  }

  async #letOthersRun(): Promise<void> {
    const beganMs = this.#pace.nowMs();
    const isForFiles = (): boolean =>
      isTimeForFiles(this.#shareOfFiles, SLICE_MS_MAX, this.#pace.nowMs() - beganMs);
    do await (isForFiles() ? this.#pace.turn() : this.#pace.wait(BUSY_MS));
    while (!isForFiles());
  }

  get #shareOfFiles(): number {
    const isUrgent = this.#isClosing || this.#whoWaitForFiles > 0;
    if (isUrgent || !this.#load.isHigh(this.#pace.nowMs())) return 1;
    return shareOfFiles(this.#behind.waitingCount, this.#tuning.waitingMax);
  }

  #replaceWhenGrown(): void {
    if (this.#isClosing) return; // the next start reads a long one, too
    const { growthBytesMax } = this.#tuning;
    const isUnderLoad = this.#load.isHigh(this.#pace.nowMs());
    const growthMax = isUnderLoad ? GROWTH_UNDER_LOAD * growthBytesMax : growthBytesMax;
    if (this.#journal.lengthBytes > 2 * this.#beganWithBytes + growthMax) this.#replaceSoon();
  }

  #replaceSoon(): void {
    this.#replacing ??= this.#journal
      .replace(this.#index.snapshot())
      .then(() => {
        this.#beganWithBytes = this.#journal.lengthBytes;
      })
      .catch((error: unknown) => {
        this.#beganWithBytes = this.#journal.lengthBytes; // tried again when it has doubled
        this.#options.log.error({ err: error }, 'no new journal could be begun; the old one grows on');
      })
      .finally(() => {
        this.#replacing = undefined;
      });
  }

  async #keepDamaged(lines: readonly number[]): Promise<SetAside> {
    const reason =
      `line ${lines.join(', ')} is damaged; what they said of ports is lost unless it is in their files, ` +
      'sweeps to come are called off, everything else was read';
    // A copy: until there is a new one, the journal must stay.
    return this.#setAside(this.#journal.path, 'journal', reason, 'copy');
  }

  #setAside(path: string, name: string, reason: string, how?: 'copy'): Promise<SetAside> {
    const { files, places } = this.#options;
    return setAside(files, { path, name, folder: join(places.state, SET_ASIDE), reason, how });
  }

  /** What durability `file` goes on with; undefined as long as some file is not on disk for certain. */
  get marksWhenSettled(): string | undefined {
    for (const { isCertain } of this.#index.files.values()) if (!isCertain) return undefined;
    return this.#index.marks.snapshot().text;
  }

  #loaded(aside: readonly SetAside[]): Loaded {
    const { files, marks } = this.#index;
    const ports: PortEntry[] = [];
    for (const [id, { saved }] of files) {
      if (saved === undefined) continue;
      const { port, linkState } = saved;
      ports.push({ port, linkState, generation: marks.generationOf(id) });
    }
    return { ports, generation: marks.generation, pending: marks.pending, setAside: aside };
  }
}
