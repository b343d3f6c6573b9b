import { join } from 'node:path';
import { StartError } from '@vrouter/service-kit';
import Database from 'better-sqlite3';
import type { Change, StoredObject } from '../model/stored-object.ts';

/** Keeps objects over the end of the process. */
export interface ObjectStore {
  /** In order of creation. */
  load(): StoredObject[];
  /** Throws when the change could not be saved; then nothing was. */
  save(change: Change): void;
  /** All at once, or nothing. */
  replaceAll(objects: Iterable<StoredObject>): void;
  close(): void;
}

const FORMAT = 1;
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    object TEXT NOT NULL
  );
`;

/**
 * One SQLite file in `folder`. Every change is on its way to the disk before it is answered, so it survives the end of
 * the process; a power cut may take the last ones (`synchronous = NORMAL`), which is good enough for a test double.
 * Throws `StartError` FOLDER_UNUSABLE.
 */
export function openObjectStore(folder: string): ObjectStore {
  const file = join(folder, 'objects.db');
  try {
    return new SqliteStore(file);
  } catch (error) {
    throw new StartError(
      'FOLDER_UNUSABLE',
      `The database ${file} cannot be used: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

class SqliteStore implements ObjectStore {
  readonly #database: Database.Database;
  readonly #put: Database.Statement<[string, string]>;
  readonly #remove: Database.Statement<[string]>;

  constructor(file: string) {
    this.#database = new Database(file);
    try {
      this.#database.pragma('journal_mode = WAL');
      this.#database.pragma('synchronous = NORMAL');
      this.#checkFormat();
      this.#database.exec(SCHEMA);
      this.#put = this.#database.prepare(
        'INSERT INTO objects (uuid, object) VALUES (?, ?) ON CONFLICT (uuid) DO UPDATE SET object = excluded.object',
      );
      this.#remove = this.#database.prepare('DELETE FROM objects WHERE uuid = ?');
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  load(): StoredObject[] {
    const rows = this.#database
      .prepare<[], { object: string }>('SELECT object FROM objects ORDER BY seq')
      .all();
    return rows.map(({ object }) => JSON.parse(object) as StoredObject);
  }

  save(change: Change): void {
    if (change.kind === 'remove') this.#remove.run(change.uuid);
    else this.#put.run(change.object.uuid, JSON.stringify(change.object));
  }

  replaceAll(objects: Iterable<StoredObject>): void {
    this.#database.transaction(() => {
      this.#database.exec('DELETE FROM objects');
      for (const object of objects) this.save({ kind: 'put', object });
    })();
  }

  close(): void {
    this.#database.close();
  }

  #checkFormat(): void {
    const format = this.#database.pragma('user_version', { simple: true });
    if (format === 0) this.#database.pragma(`user_version = ${FORMAT}`);
    else if (format !== FORMAT) throw new Error(`expected format ${FORMAT}, got ${String(format)}`);
  }
}
