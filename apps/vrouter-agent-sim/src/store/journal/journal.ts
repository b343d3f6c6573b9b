import { join } from 'node:path';
import type { Places } from '../file-steps.ts';
import type { FileSystem, OpenFile } from '../file-system.ts';
import { encodeLine, HEADER, type JournalRecord } from './record.ts';
import { Serial } from './serial.ts';

const JOURNAL = 'journal';
const SUCCESSOR = 'journal.new';
/** Records of a snapshot are written in pieces of this size. */
const PIECE_CHARS = 256 * 1024;

/** Room is made for as much again as is there, but not more: a flush is much quicker when the file need not grow. */
const ROOM_BYTES_MAX = 4 * 1024 * 1024;
const ZEROS = '\0'.repeat(64 * 1024);

interface Open {
  readonly file: OpenFile;
  lengthBytes: number;
  /** Up to here the file was filled with zeros, which are no line. */
  roomBytes: number;
}

/** The file that holds what is not in other files yet. Only what is in it, and on disk, counts. */
export class Journal {
  readonly #files: FileSystem;
  readonly #places: Places;
  readonly #serial = new Serial();
  #open: Open | undefined;
  /** Something may lie behind its end that must not come back. */
  #isTorn = false;
  /** It was renamed into its place, but a power cut may still undo that. */
  #isNameUncertain = false;
  /** What was added while a successor is being written, which needs it too. */
  #missing: string[] | undefined;

  constructor(files: FileSystem, places: Places) {
    this.#files = files;
    this.#places = places;
  }

  get path(): string {
    return join(this.#places.state, JOURNAL);
  }

  get lengthBytes(): number {
    return this.#open?.lengthBytes ?? 0;
  }

  /** Goes on with the file that is there; what lies behind `lengthBytes` is cut off. */
  async resume(lengthBytes: number): Promise<void> {
    const file = await this.#files.openFile(this.path, 'existing');
    this.#open = { file, lengthBytes, roomBytes: lengthBytes };
    this.#isTorn = true;
    await this.#cutTorn(this.#open);
  }

  /**
   * Has the record of `make` on disk when it resolves, and nothing that was refused before; `take` is called the moment it counts, before anything else
   * can be appended. When it rejects, the record does not count and is cut off. Where the disk refuses even that, it
   * is `isTorn` and nothing can be appended before it was cut off; a process that dies until then may find it again.
   */
  append(make: () => JournalRecord, take: (record: JournalRecord) => void): Promise<void> {
    return this.#serial.run(async () => {
      const record = make();
      if (Object.keys(record).length === 0) return this.#mend();
      const line = encodeLine(record);
      await this.#appendLine(line);
      this.#missing?.push(line);
      take(record);
    });
  }

  /** Takes away for good what a failed append may have left. Rejects when the disk does not let it. */
  mend(): Promise<void> {
    return this.#serial.run(() => this.#mend());
  }

  get isTorn(): boolean {
    return this.#isTorn;
  }

  /**
   * Begins a new journal with `records`, which may be read slowly: what is appended meanwhile comes after them. When
   * it rejects, the old one goes on. Call it again only after it ended.
   */
  async replace(records: Iterable<JournalRecord>): Promise<void> {
    const path = join(this.#places.temporary, SUCCESSOR);
    const file = await this.#files.openFile(path, 'fresh');
    const next: Open = { file, lengthBytes: 0, roomBytes: 0 };
    try {
      await this.#serial.run(async () => {
        this.#missing = [];
      });
      for (const piece of pieces(records)) await this.#extend(next, piece);
      await file.datasync();
      await this.#serial.run(() => this.#succeed(next, path));
    } catch (error) {
      if (this.#open !== next) await file.close().catch(() => undefined);
      throw error;
    } finally {
      this.#missing = undefined;
    }
  }

  async close(): Promise<void> {
    await this.#serial.run(async () => {
      if (this.#open === undefined) return;
      const { file, lengthBytes, roomBytes } = this.#open;
      if (roomBytes > lengthBytes) await file.truncate(lengthBytes).catch(() => undefined); // else at the next start
      await file.close();
    });
    this.#open = undefined;
  }

  async #mend(): Promise<void> {
    if (this.#open !== undefined) await this.#cutTorn(this.#open);
  }

  async #appendLine(line: string): Promise<void> {
    const open = this.#opened;
    await this.#cutTorn(open);
    await this.#makeNameCertain();
    const endBytes = open.lengthBytes + Buffer.byteLength(line);
    if (endBytes > open.roomBytes) await this.#makeRoom(open, endBytes);
    try {
      await this.#write(open, line);
      await open.file.datasync();
    } catch (error) {
      this.#isTorn = true;
      await this.#cutTorn(open).catch(() => undefined); // else before the next append
      throw error;
    }
    open.lengthBytes = endBytes;
  }

  /** Goes without when the disk has none to give: what is to be written may still fit. */
  async #makeRoom(open: Open, fromBytes: number): Promise<void> {
    const bytes = Math.min(open.lengthBytes, ROOM_BYTES_MAX);
    try {
      for (let done = 0; done < bytes; done += ZEROS.length)
        await open.file.write(fromBytes + done, ZEROS.slice(0, bytes - done));
      open.roomBytes = fromBytes + bytes;
    } catch {
      this.#isTorn = true;
      await this.#cutTorn(open);
    }
  }

  async #succeed(next: Open, path: string): Promise<void> {
    await this.#extend(next, (this.#missing ?? []).join(''));
    await next.file.datasync();
    await this.#files.rename(path, this.path);
    const old = this.#open;
    this.#open = next;
    this.#isTorn = false;
    this.#isNameUncertain = true;
    await old?.file.close().catch(() => undefined); // nobody needs it any more
    await this.#makeNameCertain();
  }

  async #extend(open: Open, text: string): Promise<void> {
    await this.#write(open, text);
    open.lengthBytes += Buffer.byteLength(text);
  }

  async #write(open: Open, text: string): Promise<void> {
    if (text !== '') await open.file.write(open.lengthBytes, text);
  }

  async #cutTorn(open: Open): Promise<void> {
    if (!this.#isTorn) return;
    await open.file.truncate(open.lengthBytes);
    await open.file.datasync();
    open.roomBytes = open.lengthBytes;
    this.#isTorn = false;
  }

  async #makeNameCertain(): Promise<void> {
    if (!this.#isNameUncertain) return;
    await this.#files.syncFolder(this.#places.state);
    this.#isNameUncertain = false;
  }

  get #opened(): Open {
    if (this.#open === undefined) throw new Error('the journal is not open');
    return this.#open;
  }
}

function* pieces(records: Iterable<JournalRecord>): Generator<string> {
  let piece = encodeLine(HEADER);
  for (const record of records) {
    piece += encodeLine(record);
    if (piece.length < PIECE_CHARS) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
