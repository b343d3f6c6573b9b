import type { RestOperation } from '../rest/operations.ts';

/** A request as it came to the REST listener. */
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
  readonly operation: RestOperation | null;
  portIds: readonly string[];
  /** null until it is answered. */
  status: number | null;
  /** The beginning of its text. */
  body?: string;
}

export interface AnsweredCount {
  readonly operation: RestOperation | null;
  readonly status: number;
  count: number;
}

/** Remembers the last requests, and counts those it forgot. */
export class RequestRing {
  readonly #lengthMax: number;
  #records: RequestRecord[] = [];
  #count = 0;
  readonly #answered = new Map<string, AnsweredCount>();

  /** How many came in all. */
  get count(): number {
    return this.#count;
  }

  constructor(lengthMax: number) {
    this.#lengthMax = lengthMax;
  }

  add(arrived: Omit<RequestRecord, 'seq' | 'portIds' | 'status'>): RequestRecord {
    const record: RequestRecord = { seq: ++this.#count, ...arrived, portIds: [], status: null };
    this.#records[(record.seq - 1) % this.#lengthMax] = record;
    return record;
  }

  /** In order of arrival. */
  read(): { readonly dropped: number; readonly requests: readonly RequestRecord[] } {
    const oldest = this.#count % this.#records.length || 0;
    const isWrapped = this.#count > this.#lengthMax;
    const requests = isWrapped
      ? [...this.#records.slice(oldest), ...this.#records.slice(0, oldest)]
      : [...this.#records];
    return { dropped: this.#count - requests.length, requests };
  }

  /** Enters the answer of `record`. */
  answered(record: RequestRecord, status: number): void {
    record.status = status;
    const key = `${record.operation ?? ''} ${status}`;
    const counted = this.#answered.get(key);
    if (counted === undefined) this.#answered.set(key, { operation: record.operation, status, count: 1 });
    else counted.count += 1;
  }

  /** Of all that were ever answered, also those forgotten since. */
  answeredCounts(): readonly AnsweredCount[] {
    return [...this.#answered.values()];
  }

  /** As if none had ever come, but for what was counted. */
  clear(): void {
    this.#records = [];
    this.#count = 0;
  }
}
