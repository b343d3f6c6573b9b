import type { Clock } from '@vrouter/service-kit';

/** More deletions at once than `count` *and* than `share` of what there is wait `holdMs`, or for an operator. */
export interface BrakeLimits {
  readonly count: number;
  /** From 0 to 1. */
  readonly share: number;
  readonly holdMs: number;
}

export interface BrakeReport {
  /** Interfaces whose deletion is held back. */
  readonly interfaces: number;
  /** When the first of them go. Milliseconds since 1970. */
  readonly releaseAtMs: number;
}

/** An interface of ours in the config API. */
export interface Mirrored {
  readonly uuid: string;
  /** vCenter has no such adapter. */
  readonly isGone: boolean;
  /** May an agent have its port? Then the brake of that agent decides. */
  readonly isHeld: () => boolean;
}

/**
 * Holds back deletions in the config API when suspiciously many adapters vanish at once: the brakes of agents do not
 * see those that have no port, such as those of VMs that are off, and their addresses would be lost for good.
 */
export class DeletionBrake {
  readonly #limits: BrakeLimits;
  readonly #clock: Clock;
  readonly #onRelease: () => void;
  readonly #sinceMs = new Map<string, number>();
  /** Gone, but not for this brake to decide, or not any more. */
  #excused = new Set<string>();
  #cancel: () => void = () => {};

  constructor(limits: BrakeLimits, clock: Clock, onRelease: () => void) {
    this.#limits = limits;
    this.#clock = clock;
    this.#onRelease = onRelease;
  }

  /** Looks at all interfaces of ours, whenever vCenter has changed. */
  look(mirrored: readonly Mirrored[]): void {
    const gone = mirrored.filter(({ isGone }) => isGone);
    const isExcused = ({ uuid, isHeld }: Mirrored): boolean =>
      this.#excused.has(uuid) || (!this.#sinceMs.has(uuid) && isHeld());
    const excused = gone.filter(isExcused).map(({ uuid }) => uuid);
    this.#excused = new Set(excused);
    const suspects = gone.flatMap(({ uuid }) => (this.#excused.has(uuid) ? [] : [uuid]));
    const { count, share } = this.#limits;
    const isBraking = suspects.length > count && suspects.length > share * mirrored.length;
    const nowMs = this.#clock.now();
    const sinceMs = suspects.map((uuid) => [uuid, this.#sinceMs.get(uuid) ?? nowMs] as const);
    this.#sinceMs.clear();
    for (const [uuid, since] of sinceMs)
      if (isBraking) this.#sinceMs.set(uuid, since);
      else this.#excused.add(uuid);
    this.#wakeLater();
  }

  holds(uuid: string): boolean {
    return this.#sinceMs.has(uuid);
  }

  /** undefined: it holds nothing back. */
  report(): BrakeReport | undefined {
    if (this.#sinceMs.size === 0) return undefined;
    let firstMs = Infinity;
    for (const sinceMs of this.#sinceMs.values()) firstMs = Math.min(firstMs, sinceMs);
    return { interfaces: this.#sinceMs.size, releaseAtMs: firstMs + this.#limits.holdMs };
  }

  /** An operator says that all of it is really gone. How many that are. */
  release(): number {
    return this.#letGo([...this.#sinceMs.keys()]);
  }

  stop(): void {
    this.#cancel();
  }

  #letGo(uuids: readonly string[]): number {
    for (const uuid of uuids) {
      this.#sinceMs.delete(uuid);
      this.#excused.add(uuid);
    }
    this.#wakeLater();
    if (uuids.length > 0) this.#onRelease();
    return uuids.length;
  }

  #wakeLater(): void {
    this.#cancel();
    const { releaseAtMs } = this.report() ?? {};
    if (releaseAtMs === undefined) return;
    this.#cancel = this.#clock.schedule(Math.max(0, releaseAtMs - this.#clock.now()), () => {
      const endMs = this.#clock.now() - this.#limits.holdMs;
      this.#letGo([...this.#sinceMs].flatMap(([uuid, sinceMs]) => (sinceMs <= endMs ? [uuid] : [])));
    });
  }
}
