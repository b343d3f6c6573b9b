import type { Clock } from '@vrouter/service-kit';
import { BackOff } from '../back-off.ts';

const RETRY_MS_FIRST = 100;
const RETRY_MS_MAX = 8_000;

/** How the work on a key went: nothing is left to do, or something failed and is to be tried again. */
export type WorkResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** It is not the key's fault: nobody's work would succeed now. */
  | { readonly kind: 'server-away'; readonly reason: string };

export interface KeyedWorkParts {
  readonly clock: Clock;
  /** Keys worked on at a time. */
  readonly concurrency: number;
  /** Brings one thing up to date; must not throw. */
  readonly work: (key: string) => Promise<WorkResult>;
  /** Nothing is left that could be done now. */
  readonly onIdle: () => void;
}

/**
 * Works on keys, not on events: whatever happens to a thing only makes its key due. One worker at a time for a key, a
 * bounded number in all, pauses that grow after failures.
 */
export class KeyedWork {
  readonly #parts: KeyedWorkParts;
  readonly #due = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #dueAgain = new Set<string>();
  readonly #failures = new Map<string, { reason: string; readonly backOff: BackOff; cancel: () => void }>();
  readonly #pause = new BackOff(RETRY_MS_FIRST, RETRY_MS_MAX);
  #cancelPause: (() => void) | undefined;
  #awayReason: string | undefined;
  #stopped = false;

  constructor(parts: KeyedWorkParts) {
    this.#parts = parts;
  }

  /** Keys that are due, worked on, or to be tried again. */
  get pending(): number {
    return new Set([...this.#due, ...this.#running.keys(), ...this.#failures.keys()]).size;
  }

  /** Why nothing is done for now. */
  get awayReason(): string | undefined {
    return this.#awayReason;
  }

  failures(): (readonly [key: string, reason: string])[] {
    return [...this.#failures].map(([key, { reason }]) => [key, reason]);
  }

  add(key: string): void {
    if (this.#running.has(key)) this.#dueAgain.add(key);
    else this.#due.add(key);
    this.#pump();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelPause?.();
    for (const { cancel } of this.#failures.values()) cancel();
    await Promise.all(this.#running.values());
  }

  #pump(): void {
    while (!this.#stopped && this.#cancelPause === undefined && this.#running.size < this.#room) {
      const [key] = this.#due;
      if (key === undefined) return;
      this.#due.delete(key);
      this.#running.set(key, this.#workOn(key));
    }
  }

  /** One at a time finds out whether the server is back. */
  get #room(): number {
    return this.#awayReason === undefined ? this.#parts.concurrency : 1;
  }

  async #workOn(key: string): Promise<void> {
    const result = await this.#parts.work(key);
    this.#running.delete(key);
    if (this.#stopped) return;
    if (result.kind === 'server-away') this.#away(key, result.reason);
    else {
      this.#awayReason = undefined;
      this.#pause.reset();
      if (result.kind === 'done') this.#succeeded(key);
      else this.#failed(key, result.reason);
    }
    if (this.#dueAgain.delete(key)) this.#due.add(key);
    this.#pump();
    if (this.#due.size === 0 && this.#running.size === 0) this.#parts.onIdle();
  }

  #succeeded(key: string): void {
    this.#failures.get(key)?.cancel();
    this.#failures.delete(key);
  }

  #failed(key: string, reason: string): void {
    const known = this.#failures.get(key);
    const backOff = known?.backOff ?? new BackOff(RETRY_MS_FIRST, RETRY_MS_MAX);
    known?.cancel();
    const cancel = this.#parts.clock.schedule(backOff.next(), () => this.add(key));
    this.#failures.set(key, { reason, backOff, cancel });
  }

  #away(key: string, reason: string): void {
    this.#due.add(key);
    this.#awayReason = reason;
    if (this.#cancelPause !== undefined) return;
    this.#cancelPause = this.#parts.clock.schedule(this.#pause.next(), () => {
      this.#cancelPause = undefined;
      this.#pump();
    });
  }
}
