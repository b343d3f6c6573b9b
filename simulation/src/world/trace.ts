import { createHash } from 'node:crypto';
import type { Clock } from '@vrouter/service-kit';

/** Lines that a failure shows. */
const REMEMBERED_MAX = 50_000;
const BUFFER_CHARS_MAX = 64 * 1024;

/** All that happens in a run, in order. Two runs are the same when their digests are. */
export class Trace {
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #hash = createHash('sha256');
  #buffer = '';
  #lines: string[] = [];
  readonly seen = new Map<string, number>();

  constructor(clock: Clock, startMs: number) {
    this.#clock = clock;
    this.#startMs = startMs;
  }

  line(text: string): void {
    const line = `${((this.#clock.now() - this.#startMs) / 1000).toFixed(3)} ${text}`;
    this.#buffer += `${line}\n`;
    if (this.#buffer.length > BUFFER_CHARS_MAX) {
      this.#hash.update(this.#buffer);
      this.#buffer = '';
    }
    this.#lines.push(line);
    if (this.#lines.length >= 2 * REMEMBERED_MAX) this.#lines = this.#lines.slice(-REMEMBERED_MAX);
  }

  /** Something that the coverage report counts. */
  visit(tag: string): void {
    this.seen.set(tag, (this.seen.get(tag) ?? 0) + 1);
  }

  get lines(): readonly string[] {
    return this.#lines.slice(-REMEMBERED_MAX);
  }

  /** Call it once, last. */
  digest(): string {
    return this.#hash.update(this.#buffer).digest('hex');
  }
}
