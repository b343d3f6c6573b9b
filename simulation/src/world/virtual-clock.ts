import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '@vrouter/service-kit';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  action: (() => void) | undefined;
}

/** Some time in 2026, so that what is made of it looks real. */
const START_MS = 1_767_225_600_000;

/** More than any run does in one millisecond. */
const ACTIONS_PER_MS_MAX = 20_000;

/** Something is done again and again, and no time passes. */
export class TimeStandsStill extends Error {
  override readonly name = 'TimeStandsStill';
}

/** Time that goes as fast as it can be computed. What is due at one moment happens in the order in which it was set. */
export class VirtualClock implements Clock {
  readonly startMs = START_MS;
  #nowMs = START_MS;
  #count = 0;
  /** A binary heap, earliest first. */
  readonly #heap: Timer[] = [];

  now(): number {
    return this.#nowMs;
  }

  schedule(delayMs: number, action: () => void): () => void {
    const timer: Timer = { atMs: this.#nowMs + Math.max(delayMs, 0), order: this.#count++, action };
    this.#push(timer);
    return () => {
      timer.action = undefined;
    };
  }

  /**
   * Runs what falls due until `untilMs`; promises settle after each. Ends early when `isOver`. Throws
   * `TimeStandsStill`.
   */
  async runUntil(untilMs: number, isOver: () => boolean): Promise<void> {
    await nextTurn();
    let sameMs = 0;
    for (let first = this.#heap[0]; first !== undefined && first.atMs <= untilMs; first = this.#heap[0]) {
      if (isOver()) return;
      this.#pop();
      if (first.action === undefined) continue;
      sameMs = first.atMs > this.#nowMs ? 0 : sameMs + 1;
      if (sameMs > ACTIONS_PER_MS_MAX)
        throw new TimeStandsStill(`${ACTIONS_PER_MS_MAX} actions within one millisecond`);
      this.#nowMs = Math.max(this.#nowMs, first.atMs);
      first.action();
      await nextTurn();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (isBefore(heap[parent] as Timer, timer)) break;
      heap[index] = heap[parent] as Timer;
      index = parent;
    }
    heap[index] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Timer;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child] as Timer)) child += 1;
      if (isBefore(last, heap[child] as Timer)) break;
      heap[index] = heap[child] as Timer;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
