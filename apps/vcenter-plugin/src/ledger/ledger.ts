import type { LedgerRow } from '../sync/state.ts';

/** What the ledger is told of a port; both sides absent takes it out. */
export type LedgerEntry = LedgerRow;

/**
 * The durable memory of what every agent should have and may have. A row is there as long as the agent may hold the
 * port: that is the retry list, and what a restart needs to delete what vanished meanwhile.
 */
export interface Ledger {
  /** The rows of `agent`. */
  load(agent: string): LedgerRow[];
  /** Agents that have rows. */
  agents(): string[];
  /** All of `entries` or none; on disk when it returns. Throws when it cannot be. */
  save(agent: string, entries: readonly LedgerEntry[]): void;
  close(): void;
}
