/** So many changes per second can go on for ever without counting as a load. */
const CHANGES_PER_MS = 0.25;
/** So many more may come at once. */
const BURST = 32;
/** What counts at most: so soon after the last change the load is over. */
const LEVEL_MAX = 48;

/** Tells whether changes come faster than they can be made in files at once. A bucket that leaks. */
export class LoadMeter {
  #level = 0;
  #atMs = -Infinity;

  /** `count` changes come at `nowMs`, in milliseconds of any clock that never goes back. */
  add(count: number, nowMs: number): void {
    this.#level = Math.min(this.#levelAt(nowMs) + count, LEVEL_MAX);
    this.#atMs = nowMs;
  }

  isHigh(nowMs: number): boolean {
    return this.#levelAt(nowMs) > BURST;
  }

  #levelAt(nowMs: number): number {
    return Math.max(0, this.#level - (nowMs - this.#atMs) * CHANGES_PER_MS);
  }
}
