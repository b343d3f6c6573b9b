import type { RequestRecord } from './request-ring.ts';

/** How many requests there were: of which operation, on which type, with which status. */
export class Counters {
  readonly #requests = new Map<string, number>();
  readonly #statuses = new Map<string, number>();
  #total = 0;

  arrived({ operation, type }: Pick<RequestRecord, 'operation' | 'type'>): void {
    this.#total++;
    increase(this.#requests, type === null ? (operation ?? 'unknown') : `${operation} ${type}`);
  }

  /** Undefined: the connection was dropped instead. */
  answered(status: number | undefined): void {
    increase(this.#statuses, String(status ?? 'dropped'));
  }

  read(): { readonly total: number; readonly byOperation: object; readonly byStatus: object } {
    return {
      total: this.#total,
      byOperation: Object.fromEntries(this.#requests),
      byStatus: Object.fromEntries(this.#statuses),
    };
  }

  clear(): void {
    this.#total = 0;
    this.#requests.clear();
    this.#statuses.clear();
  }
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
