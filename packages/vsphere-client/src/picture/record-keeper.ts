import { isDeepStrictEqual } from 'node:util';
import type { RecordUpdate } from '../decode/object-update.ts';

/** The records of one kind of object: by reference, with marks for what was seen in the current read. */
export class RecordKeeper<Fields extends { readonly ref: string }> {
  readonly #enter: (ref: string, known: Fields | undefined, reported: Partial<Fields>) => Fields;
  readonly #records = new Map<string, Fields>();
  readonly #seen = new Set<string>();
  #snapshot: ReadonlyMap<string, Fields> = new Map();
  #changed = false;

  /** `enter` makes the record that a new object starts from; `known` is what a former session knew of it. */
  constructor(enter: (ref: string, known: Fields | undefined, reported: Partial<Fields>) => Fields) {
    this.#enter = enter;
  }

  beginRead(): void {
    this.#seen.clear();
  }

  endRead(): void {
    for (const ref of this.#records.keys()) {
      if (!this.#seen.has(ref)) this.#delete(ref);
    }
  }

  /** Returns false for a change of something that never entered. */
  apply(update: RecordUpdate<Fields>): boolean {
    const { kind, ref, fields, partial } = update;
    const known = this.#records.get(ref);
    const blank = (): Fields => (partial && known !== undefined ? known : this.#enter(ref, known, fields));
    if (kind === 'leave') this.#delete(ref);
    else if (kind === 'enter') this.#set(ref, { ...blank(), ...fields });
    else if (known !== undefined && this.#seen.has(ref)) this.#set(ref, { ...known, ...fields });
    else return false;
    return true;
  }

  /** The same map as before when nothing changed since. */
  snapshot(): ReadonlyMap<string, Fields> {
    if (this.#changed) this.#snapshot = new Map(this.#records);
    this.#changed = false;
    return this.#snapshot;
  }

  #set(ref: string, record: Fields): void {
    this.#seen.add(ref);
    if (isDeepStrictEqual(this.#records.get(ref), record)) return;
    this.#records.set(ref, record);
    this.#changed = true;
  }

  #delete(ref: string): void {
    if (this.#records.delete(ref)) this.#changed = true;
  }
}
