import { Port } from '@vrouter/port-model';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { PluginError } from '../errors.ts';
import type { LedgerRow } from '../sync/state.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

const FORMAT = 1;
const SYNCHRONOUS_FULL = 2;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS ports (
    agent TEXT NOT NULL,
    port_id TEXT NOT NULL,
    desired TEXT,
    held TEXT,
    PRIMARY KEY (agent, port_id)
  ) WITHOUT ROWID;
`;

const Desired = z.object({ port: Port, enabled: z.boolean() });
const Held = z.object({ port: Port, ambiguous: z.boolean() });

interface StoredRow {
  readonly port_id: string;
  readonly desired: string | null;
  readonly held: string | null;
}

/** The ledger in the SQLite file `path`, which this process has to itself. Throws `PluginError`. */
export function openSqliteLedger(path: string): Ledger {
  const database = open(path);
  const put = database.prepare(
    'INSERT OR REPLACE INTO ports (agent, port_id, desired, held) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM ports WHERE agent = ? AND port_id = ?');
  const rows = database.prepare<[string], StoredRow>(
    'SELECT port_id, desired, held FROM ports WHERE agent = ?',
  );
  const names = database.prepare<[], { agent: string }>('SELECT DISTINCT agent FROM ports');

  const saveAll = database.transaction((agent: string, entries: readonly LedgerEntry[]) => {
    for (const { portId, desired, held } of entries) {
      if (desired === undefined && held === undefined) remove.run(agent, portId);
      else put.run(agent, portId, jsonOf(desired), jsonOf(held));
    }
  });

  return {
    load: (agent) => rows.all(agent).map((row) => readRow(path, row)),
    agents: () => names.all().map((row) => row.agent),
    save(agent, entries) {
      try {
        saveAll.immediate(agent, entries);
      } catch (error) {
        throw new PluginError('LEDGER_WRITE_FAILED', `${path}: ${(error as Error).message}`, {
          cause: error,
        });
      }
    },
    close: () => database.close(),
  };
}

function open(path: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Database(path);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    const format = Number(database.pragma('user_version', { simple: true }));
    if (format !== 0 && format !== FORMAT)
      throw new Error(`it has format ${format}, this version knows ${FORMAT}`);
    database.exec(SCHEMA);
    database.pragma(`user_version = ${FORMAT}`);
  } catch (error) {
    database?.close();
    throw new PluginError('LEDGER_UNUSABLE', `${path}: ${(error as Error).message}`, { cause: error });
  }
  assertDurable(database, path);
  return database;
}

/** The library's build lowers `synchronous` at the first write in WAL mode: only reading it back afterwards tells. */
function assertDurable(database: Database.Database, path: string): void {
  const journal = String(database.pragma('journal_mode', { simple: true }));
  const synchronous = Number(database.pragma('synchronous', { simple: true }));
  if (journal === 'wal' && synchronous === SYNCHRONOUS_FULL) return;
  database.close();
  throw new PluginError('LEDGER_NOT_DURABLE', `${path}: journal_mode=${journal}, synchronous=${synchronous}`);
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function readRow(path: string, row: StoredRow): LedgerRow {
  try {
    return {
      portId: row.port_id,
      desired: row.desired === null ? undefined : Desired.parse(JSON.parse(row.desired)),
      held: row.held === null ? undefined : Held.parse(JSON.parse(row.held)),
    };
  } catch (error) {
    throw new PluginError(
      'LEDGER_UNUSABLE',
      `${path}: the row of port ${row.port_id} is damaged: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
