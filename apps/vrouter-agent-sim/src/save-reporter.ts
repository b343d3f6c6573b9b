import type { Logger } from '@vrouter/service-kit';

/** Tells the log when changes stop and start to be saved, not each of the thousands in between. */
export class SaveReporter {
  readonly #log: Logger;
  #failedCount = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  saved(): void {
    if (this.#failedCount === 0) return;
    this.#log.info({ failedCount: this.#failedCount }, 'changes are saved again');
    this.#failedCount = 0;
  }

  failed(error: unknown): void {
    this.#failedCount += 1;
    if (this.#failedCount === 1) {
      this.#log.error({ err: error }, 'a change could not be saved, so nothing was changed');
    } else {
      this.#log.debug({ err: error, failedCount: this.#failedCount }, 'still nothing can be saved');
    }
  }
}
