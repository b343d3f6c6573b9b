import { ArmedRule } from './armed-rule.ts';
import { describe } from './described.ts';
import type { DiskCall, DiskFault } from './disk/disk-fault.ts';
import type { FaultableFiles } from './disk/faultable-files.ts';
import type { Exchange, FaultWorld } from './fault.ts';
import { randomOf } from './random.ts';
import type { RuleSet } from './rules.ts';
import type { HttpSeam, Intercept, Perform } from './seam.ts';

/** Apart from each other in the sequence of seeds. */
const SEED_STEP = 0x9e3779b1;

export type FaultsWorld = Omit<FaultWorld, 'random' | 'signal'>;

/** The faults of one agent. Rules are swapped as one set; without any, nothing of this is in the way. */
export class Faults implements HttpSeam {
  intercept: Intercept | undefined;
  readonly #world: FaultsWorld;
  readonly #files: FaultableFiles;
  #seed: number;
  #version = 0;
  #rules: readonly ArmedRule[] = [];
  #current = new AbortController();

  constructor(seed: number, files: FaultableFiles, world: FaultsWorld) {
    this.#seed = seed;
    this.#files = files;
    this.#world = world;
  }

  get report() {
    return { version: this.#version, seed: this.#seed, rules: this.#rules.map(({ report }) => report) };
  }

  /** Counts begin anew, and what waits for the rules before goes on. */
  swap({ seed = this.#seed, rules }: RuleSet): void {
    this.#current.abort();
    const { signal } = (this.#current = new AbortController());
    this.#seed = seed;
    this.#version += 1;
    this.#rules = rules.map(
      (rule, index) =>
        new ArmedRule(rule, { ...this.#world, signal, random: randomOf(seed + index * SEED_STEP) }),
    );
    const ofRequests = this.#rules.filter(({ http }) => http !== undefined);
    const ofDisk = this.#rules.filter(({ disk }) => disk !== undefined);
    this.intercept = ofRequests.length === 0 ? undefined : interceptor(ofRequests);
    this.#files.arm(ofDisk.length === 0 ? undefined : (call) => firing(ofDisk, call));
  }

  disarm(): void {
    if (this.#rules.length > 0) this.swap({ rules: [] });
  }
}

/** The first rule stands outermost. */
function interceptor(rules: readonly ArmedRule[]): Intercept {
  return (seen, perform, wire) => {
    const exchange: Exchange = { request: describe(seen), wire };
    const fired = rules.filter((rule) => rule.firesForRequest(exchange.request));
    const whole = fired.reduceRight<Perform>((next, { http }) => {
      return () => http?.(next, exchange) ?? next();
    }, perform);
    return whole();
  };
}

function firing(rules: readonly ArmedRule[], call: DiskCall): readonly DiskFault[] {
  return rules.flatMap((rule) => (rule.disk !== undefined && rule.firesForCall(call) ? [rule.disk] : []));
}
