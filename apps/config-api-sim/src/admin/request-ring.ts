import type { Operation } from '../faults/rules.ts';
import type { TypeName } from '../model/types.ts';

/** A request as it came to the API's listener. */
export interface RequestRecord {
  /** Counts requests in the order in which they arrived, from 1. */
  readonly seq: number;
  readonly atMs: number;
  /** Counts connections, from 1. */
  readonly connection: number;
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** null for an unknown route. */
  readonly operation: Operation | null;
  readonly type: TypeName | null;
  /** Of the object that it is about, once that is known. */
  uuid: string | null;
  /** null until it is answered, and when the answer was dropped. */
  status: number | null;
  /** Which faults struck it. */
  faults: readonly string[];
  /** The beginning of its text; never of a request for a token. */
  body?: string;
}

type Arrived = Omit<RequestRecord, 'seq' | 'uuid' | 'status' | 'faults' | 'body'>;

/** Remembers the last requests, and counts those it forgot. */
export class RequestRing {
  readonly #lengthMax: number;
  #records: RequestRecord[] = [];
  #count = 0;
  #cleared = 0;

  constructor(lengthMax: number) {
    this.#lengthMax = lengthMax;
  }

  add(arrived: Arrived): RequestRecord {
    const record: RequestRecord = { seq: ++this.#count, ...arrived, uuid: null, status: null, faults: [] };
    this.#records[(this.#count - this.#cleared - 1) % this.#lengthMax] = record;
    return record;
  }

  /** In order of arrival. */
  read(): { readonly dropped: number; readonly requests: readonly RequestRecord[] } {
    const count = this.#count - this.#cleared;
    const oldest = count > this.#lengthMax ? count % this.#lengthMax : 0;
    const requests = [...this.#records.slice(oldest), ...this.#records.slice(0, oldest)];
    return { dropped: count - requests.length, requests };
  }

  /** Forgets all; the numbers go on. */
  clear(): void {
    this.#records = [];
    this.#cleared = this.#count;
  }
}
