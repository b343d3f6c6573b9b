import type { Outcome } from '@vrouter/agent-client';
import { Violation } from '@vrouter/testkit/history';
import type { SyncLimits } from '@vrouter/vcenter-plugin/simulation';
import type { Clock } from '@vrouter/service-kit';

/** Timers and latencies; less than the shortest back-off. */
const SLACK_MS = 50;

/**
 * An agent that fails is tried less and less often: a second opinion on the back-off. Only a connection that is accepted
 * after one that was refused is news, and worth an attempt at once.
 */
export class PaceRules {
  readonly #clock: Clock;
  readonly #limits: SyncLimits;
  /** Failures one after another; 0: it answers. */
  #failures = 0;
  #failedAtMs = 0;
  #downSinceMs = 0;
  #isRefusing = false;
  #isNews = false;
  readonly #sentAtMs = new Map<number, number>();

  constructor(clock: Clock, limits: SyncLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** A new life of the plugin knows nothing. */
  started(): void {
    this.#failures = 0;
    this.#sentAtMs.clear();
  }

  /** There may have been nothing to send before: then the agent counted as back. */
  told(): void {
    this.#isNews = true;
  }

  sent(call: number): void {
    const nowMs = this.#clock.now();
    this.#sentAtMs.set(call, nowMs);
    const { retryMsMin, retryMsMax } = this.#limits;
    const fullMs = Math.min(retryMsMax, retryMsMin * 2 ** (this.#failures - 1));
    if (this.#failures === 0) return;
    if (this.#isNews) {
      this.#failures = 0; // if nothing waited, the agent counted as back
      return;
    }
    const waitedMs = nowMs - this.#failedAtMs;
    // In the very moment of a failure it may not know yet.
    if (waitedMs > 0 && waitedMs < fullMs / 2 - 1)
      throw new Violation('backs-off', `tried again ${waitedMs} ms after failure ${this.#failures}`);
    // It waited for longer than it had to: with nothing to send, the agent counted as back.
    if (waitedMs > fullMs + SLACK_MS) this.#failures = 0;
  }

  settled(call: number, outcome: Outcome): void {
    const sentAtMs = this.#sentAtMs.get(call) ?? 0;
    this.#sentAtMs.delete(call);
    if (outcome.kind !== 'unavailable' || outcome.status !== undefined) {
      this.#failures = 0;
      this.#isNews = false;
    } else if (this.#failures === 0 || sentAtMs >= this.#downSinceMs) this.#fails(!outcome.sent);
  }

  probed(accepts: boolean): void {
    if (this.#failures === 0) {
      if (!accepts) this.#fails(true);
    } else if (!accepts) this.#isRefusing = true;
    else if (this.#isRefusing) {
      this.#isNews = true;
      this.#isRefusing = false;
    }
  }

  #fails(isRefusing: boolean): void {
    if (this.#failures === 0) this.#downSinceMs = this.#clock.now();
    this.#failures += 1;
    this.#failedAtMs = this.#clock.now();
    this.#isRefusing = isRefusing;
    this.#isNews = false;
  }
}
