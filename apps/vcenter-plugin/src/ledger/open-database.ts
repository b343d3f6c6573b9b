import Database from 'better-sqlite3';
import { PluginError } from '../errors.ts';

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

/** Opens a SQLite file; a parameter so that tests can have one that misbehaves. */
export type Connect = (path: string) => Database.Database;

export const connect: Connect = (path) => new Database(path);

/** The ledger's database in the file `path`, durable and in our format. Throws `PluginError`. */
export function openDatabase(path: string, connectTo: Connect): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = connectTo(path);
    // Before anything is written: a newer version's file stays as it is.
    const format = Number(database.pragma('user_version', { simple: true }));
    if (format !== 0 && format !== FORMAT)
      throw new Error(`it has format ${format}, this version knows ${FORMAT}`);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
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
