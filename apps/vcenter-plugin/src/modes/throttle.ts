import type { Clock } from '@vrouter/service-kit';

const PAUSE_MS_MIN = 10;
/** Of the time at most a tenth goes into what is called. */
const PAUSE_FACTOR = 9;

/** Calls `action` soon after it is asked to, once for many askings; the longer the action takes, the less often. */
export class Throttle {
  readonly #clock: Clock;
  readonly #action: () => void;
  #cancel: (() => void) | undefined;
  #notBeforeMs = 0;

  constructor(clock: Clock, action: () => void) {
    this.#clock = clock;
    this.#action = action;
  }

  call(): void {
    const delayMs = Math.max(PAUSE_MS_MIN, this.#notBeforeMs - this.#clock.now());
    this.#cancel ??= this.#clock.schedule(delayMs, () => {
      this.#cancel = undefined;
      const beganMs = this.#clock.now();
      this.#action();
      const endedMs = this.#clock.now();
      this.#notBeforeMs = endedMs + PAUSE_FACTOR * (endedMs - beganMs);
    });
  }

  stop(): void {
    this.#cancel?.();
  }
}
