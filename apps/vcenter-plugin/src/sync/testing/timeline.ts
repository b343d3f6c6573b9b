interface Happening {
  readonly atMs: number;
  readonly run: () => void;
}

/** Virtual time: what is to happen, in order, as fast as it can be run. */
export class Timeline {
  nowMs = 1_000_000;
  #happenings: Happening[] = [];

  /** Returns a function that calls it off. */
  at(delayMs: number, run: () => void): () => void {
    const happening = { atMs: this.nowMs + delayMs, run };
    this.#happenings.push(happening);
    return () => {
      this.#happenings = this.#happenings.filter((one) => one !== happening);
    };
  }

  /** Runs what is due within `ms`; `before` is called at the time of each, and at the end. */
  advance(ms: number, before: () => void): void {
    const end = this.nowMs + ms;
    for (;;) {
      const next = this.#earliest();
      if (next === undefined || next.atMs > end) break;
      this.#happenings = this.#happenings.filter((one) => one !== next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      before();
      next.run();
    }
    this.nowMs = end;
    before();
  }

  /** Of several at one moment, the one that was planned first. */
  #earliest(): Happening | undefined {
    let best: Happening | undefined;
    for (const one of this.#happenings) if (best === undefined || one.atMs < best.atMs) best = one;
    return best;
  }
}
