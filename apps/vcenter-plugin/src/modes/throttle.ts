import type { Clock } from '@vrouter/service-kit';

const PAUSE_MS_MIN = 10;
/** Of the time at most a quarter goes into what is called. */
const PAUSE_FACTOR = 3;

/** Calls `action` soon after it is asked to, once for many askings; the longer the action takes, the less often. */
export class Throttle {
  readonly #clock: Clock;
  readonly #action: () => void;
  #cancel: (() => void) | undefined;
  #pauseMs = PAUSE_MS_MIN;

  constructor(clock: Clock, action: () => void) {
    this.#clock = clock;
    this.#action = action;
  }

  call(): void {
    this.#cancel ??= this.#clock.schedule(this.#pauseMs, () => {
      this.#cancel = undefined;
      const beganMs = this.#clock.now();
      this.#action();
      this.#pauseMs = Math.max(PAUSE_MS_MIN, PAUSE_FACTOR * (this.#clock.now() - beganMs));
    });
  }

  stop(): void {
    this.#cancel?.();
  }
}
