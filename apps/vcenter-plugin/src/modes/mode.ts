import type { Binding, BindingProblem, Placement } from '../binding/desired-port.ts';
import type { BrakeReport } from '../config-api/work/deletion-brake.ts';
import type { Inventory } from '../inventory/model.ts';

/** The config API has not been read yet: nobody knows what the ports are. */
export interface Unread {
  readonly kind: 'unread';
  readonly reason: string;
}

/** What a mode adds between the inventory and the ports. */
export interface Mode {
  /** `onChange`: `bind` may have another answer now. */
  start(onChange: () => void): void;
  /** Ports of a complete inventory, with what is known at the moment. */
  bind(inventory: Inventory, placements: readonly Placement[]): Binding | Unread;
  /** The agents were told of the ports of `bind`: each has its place, and the brake holds if too many would go. */
  applied(inventory: Inventory, placements: readonly Placement[]): void;
  /** An agent has answered. */
  progress(): void;
  /** What the config API has to do with it; null without one. */
  report(): ConfigApiReport | null;
  /** An operator says that what the brake holds back is really gone. How many interfaces of the config API that are. */
  releaseBrake(): number;
  stop(): Promise<void>;
}

/** The config API as the plugin sees it, for people. */
export interface ConfigApiReport {
  readonly url: string;
  /** It was read as a whole at least once. */
  readonly complete: boolean;
  /** What is wrong with it now. */
  readonly reason: string | null;
  readonly lastReadAtMs: number | null;
  /** Objects that we know of. */
  readonly objects: {
    readonly networks: number;
    readonly machines: number;
    readonly interfaces: number;
    readonly addresses: number;
  };
  /** Changes of objects that are still to be made; 0 in a mode that makes none. */
  readonly pending: number;
  /** Deletions that are held back because they are suspiciously many at once. */
  readonly brake: BrakeReport | null;
  /** What is in the way of some. */
  readonly problems: readonly Omit<BindingProblem, 'kind'>[];
}
