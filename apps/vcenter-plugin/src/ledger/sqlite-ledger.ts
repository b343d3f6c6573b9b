import { PluginError, type PluginErrorCode } from '../errors.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { connect, openDatabase, type Connect } from './open-database.ts';
import { jsonOf, readRow, type StoredRow } from './stored-row.ts';

/** The ledger in the SQLite file `path`, which this process has to itself. Throws `PluginError`. */
export function openSqliteLedger(path: string, connectTo: Connect = connect): Ledger {
  const database = openDatabase(path, connectTo);
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

  const attempt = <T>(code: PluginErrorCode, action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw new PluginError(code, `${path}: ${(error as Error).message}`, { cause: error });
    }
  };

  return {
    load: (agent) => attempt('LEDGER_UNUSABLE', () => rows.all(agent).map(readRow)),
    agents: () => attempt('LEDGER_UNUSABLE', () => names.all().map((row) => row.agent)),
    save: (agent, entries) => attempt('LEDGER_WRITE_FAILED', () => saveAll.immediate(agent, entries)),
    close: () => database.close(),
  };
}
