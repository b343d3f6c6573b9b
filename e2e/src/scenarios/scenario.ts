import type { Ending } from '../world/ending.ts';
import type { World } from '../world/world.ts';

/** One sentence of the blueprint, ready to run. */
export interface Scenario {
  readonly number: number;
  /** The blueprint's words. */
  readonly title: string;
  /** Do VMs have ports when it begins? */
  readonly residents: boolean;
  /** By name; one without variants has a single one called ''. */
  readonly variants: ReadonlyMap<string, (world: World) => Promise<void>>;
}

interface Sentence<V> {
  readonly number: number;
  readonly title: string;
  readonly residents?: boolean;
  /** What may differ from run to run, by name. */
  readonly variants: Readonly<Record<string, V>>;
  readonly run: (world: World, variant: V) => Promise<void>;
}

export function scenario<V>({ number, title, residents = true, variants, run }: Sentence<V>): Scenario {
  const runs = Object.entries(variants).map(
    ([name, variant]) => [name, (world: World) => run(world, variant)] as const,
  );
  return { number, title, residents, variants: new Map(runs) };
}

export const ONLY_ONE: Readonly<Record<string, undefined>> = { '': undefined };

/** "Two of the VM": on two hosts, or on the same. */
export const PAIRS: Readonly<Record<string, readonly string[]>> = {
  'two hosts': ['guest-1a', 'guest-2a'],
  'one host': ['guest-1a', 'guest-1b'],
};

/** "Stop (or crash)": asked to end, or killed. */
export const STOP_OR_CRASH: Readonly<Record<string, Ending>> = { stop: 'stop', crash: 'crash' };

export interface BothDown {
  readonly how: Ending;
  readonly first: 'agents' | 'plugin';
  /** The plugin comes back without its state folder: only the sweep can tell the agents what is gone. */
  readonly stateLost: boolean;
}

/** "Start in any order", after either end. */
export const ANY_ORDER: Readonly<Record<string, BothDown>> = {
  'stop, agents first': { how: 'stop', first: 'agents', stateLost: false },
  'stop, plugin first': { how: 'stop', first: 'plugin', stateLost: false },
  'crash, agents first': { how: 'crash', first: 'agents', stateLost: false },
  'crash, plugin first': { how: 'crash', first: 'plugin', stateLost: false },
};
