import type { SyncLimits } from '@vrouter/vcenter-plugin/simulation';

/** `maybe`: how many ports count depends on how far moves have come, which is not known from outside. */
export type Hold = 'no' | 'maybe' | 'yes';

/** When must the brake of one agent hold, and what? A second opinion on it. */
export class BrakeOracle {
  readonly #limits: SyncLimits['brake'];
  /** What is held back, and since when. */
  readonly #since = new Map<string, number>();
  /** Of so many ports they are a share at least, and at most: new ones make it no smaller. */
  #of = { least: Infinity, most: Infinity };
  hold: Hold = 'no';

  constructor(limits: SyncLimits['brake']) {
    this.#limits = limits;
  }

  /**
   * An inventory: `before` are the ports wanted until now, `missing` those of them that nobody is to have any more,
   * `moving` counts those on their way elsewhere.
   */
  told(before: number, missing: readonly string[], moving: number, nowMs: number): void {
    const { count, share } = this.#limits;
    // What it has held for its time, or maybe not at all, may have been let go meanwhile.
    const doubtful = missing.filter((id) => this.#since.has(id) && this.holds(id, nowMs) !== 'yes').length;
    const isMass = (gone: number, wanted: number): boolean => gone > count && gone > share * wanted;
    const most = this.isOn(nowMs) === 'yes' ? Math.min(before, this.#of.most) : before;
    const least = Math.min(before - moving - doubtful, this.#of.least);
    const certainly = isMass(missing.length - doubtful, most);
    const possibly = isMass(missing.length, least);
    this.hold = certainly ? 'yes' : possibly ? 'maybe' : 'no';
    this.#of = this.hold === 'no' ? { least: Infinity, most: Infinity } : { least, most };
    const since = new Map(missing.map((id) => [id, this.#since.get(id) ?? nowMs]));
    this.#since.clear();
    if (this.hold !== 'no') for (const [id, sinceMs] of since) this.#since.set(id, sinceMs);
  }

  /** The plugin begins anew, and so does the brake's time. */
  forget(): void {
    this.#since.clear();
    this.#of = { least: Infinity, most: Infinity };
    this.hold = 'no';
  }

  release(): void {
    this.forget();
  }

  /** Does it hold this port at `nowMs`? */
  holds(id: string, nowMs: number): Hold {
    const sinceMs = this.#since.get(id);
    if (sinceMs === undefined) return 'no';
    return nowMs < sinceMs + this.#limits.holdMs ? this.hold : 'maybe';
  }

  get held(): readonly string[] {
    return [...this.#since.keys()];
  }

  /** Anything that it holds at `nowMs`. */
  isOn(nowMs: number): Hold {
    const holds = [...this.#since.keys()].map((id) => this.holds(id, nowMs));
    return holds.includes('yes') ? 'yes' : holds.includes('maybe') ? 'maybe' : 'no';
  }
}
