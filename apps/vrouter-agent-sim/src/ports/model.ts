import type { LinkState, Port } from '@vrouter/port-model';

/** A port as it is saved; `port` itself carries no link state. */
export interface SavedPort {
  readonly port: Port;
  readonly linkState: LinkState;
}

/** A port as the agent knows it. */
export interface PortEntry extends SavedPort {
  /** The agent's generation when the port was last added. */
  readonly generation: number;
}

/** What a sync leaves behind: at `atMs`, ports older than `generation` go. */
export interface Deadline {
  readonly generation: number;
  readonly atMs: number;
}

/** All that the agent holds, and has saved. */
export interface Table {
  readonly ports: Map<string, PortEntry>;
  /** Counts replacements of the whole, so that a sweep of the world before leaves this one alone. */
  world: number;
  /** Counts syncs; a double counts them for millions of years. */
  generation: number;
  /** In order of generation. */
  deadlines: readonly Deadline[];
}

/** What clients, operators and deadlines ask of the table. */
export type Command =
  | { readonly kind: 'add'; readonly ports: readonly Port[] }
  /** Ports that were read from their files: an add that saves nothing. */
  | { readonly kind: 'reload'; readonly ports: readonly Port[] }
  | { readonly kind: 'delete'; readonly id: string }
  | { readonly kind: 'enable'; readonly id: string }
  | { readonly kind: 'disable'; readonly id: string }
  | { readonly kind: 'sync' }
  /** What is NOT seen goes now, instead of at its deadline. */
  | { readonly kind: 'sweep' }
  /** All that the table holds becomes this. */
  | ({ readonly kind: 'replace' } & Contents)
  /** One port becomes what it was once, or is no more. */
  | { readonly kind: 'restore'; readonly id: string; readonly entry: PortEntry | undefined };

/** All that a table holds, at any time. */
export interface Contents {
  readonly generation: number;
  /** In order of generation. */
  readonly deadlines: readonly { readonly generation: number; readonly remainingMs: number }[];
  readonly entries: readonly PortEntry[];
}

export type RefusalCode = 'PORT_NOT_FOUND' | 'INCORRECT_PORT_TYPE' | 'NOT_SAVED' | 'STOPPING' | 'OVERLOADED';

export type Outcome =
  { readonly ok: true } | { readonly ok: false; readonly code: RefusalCode; readonly detail?: string };

/** One difference that must be saved before it counts. The changes of a batch are saved whole or not at all. */
export type Change =
  /** `ifAbsent`: a file that is there stays as it is, whatever it holds. */
  | ({ readonly kind: 'save'; readonly ifAbsent?: true } & SavedPort)
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'seen'; readonly id: string; readonly generation: number }
  | { readonly kind: 'generations'; readonly generation: number; readonly pending: readonly number[] };

/** Namespaces belong to somebody else than the clients that sync. */
export const NEVER_SWEPT_TYPE = 1;

/** Was `entry` added since the last sync? */
export function isSeen(table: Table, entry: PortEntry): boolean {
  return entry.port.type === NEVER_SWEPT_TYPE || entry.generation >= table.generation;
}
