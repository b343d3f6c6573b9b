import {
  jsonOf,
  readRow,
  type Ledger,
  type LedgerEntry,
  type StoredRow,
} from '@vrouter/vcenter-plugin/simulation';
import type { Life } from '../world/life.ts';

/** A disk with a ledger on it: the plugin's own rows, and SQLite's promise that what was saved stays. */
export class LedgerDisk {
  readonly agents = new Map<string, Map<string, StoredRow>>();
  isFull = false;
  /** The process is killed right after that many saves from now. */
  killAfterSaves = Infinity;

  rows(agent: string): LedgerEntry[] {
    return [...(this.agents.get(agent)?.values() ?? [])].map(readRow);
  }

  row(agent: string, portId: string): LedgerEntry | undefined {
    const stored = this.agents.get(agent)?.get(portId);
    return stored && readRow(stored);
  }

  /** The ledger as one process has it open. */
  open(life: Life, onKill: () => void): Ledger {
    const rowsOf = (agent: string): Map<string, StoredRow> => {
      const rows = this.agents.get(agent) ?? new Map<string, StoredRow>();
      this.agents.set(agent, rows);
      return rows;
    };
    const put = (agent: string, { portId, desired, held }: LedgerEntry): void => {
      if (desired === undefined && held === undefined) rowsOf(agent).delete(portId);
      else rowsOf(agent).set(portId, { port_id: portId, desired: jsonOf(desired), held: jsonOf(held) });
    };
    return {
      load: (agent) => this.rows(agent),
      agents: () => [...this.agents].filter(([, rows]) => rows.size > 0).map(([agent]) => agent),
      save: (agent, entries) => {
        if (life.isOver) return;
        if (this.isFull) throw new LedgerFull();
        for (const entry of entries) put(agent, entry);
        if (--this.killAfterSaves <= 0) onKill();
      },
      close: () => undefined,
    };
  }
}

/** What the simulated disk says when it is full; it ends the plugin, as it should. */
export class LedgerFull extends Error {
  constructor() {
    super('the simulated disk of the ledger is full');
    this.name = 'LedgerFull';
  }
}
