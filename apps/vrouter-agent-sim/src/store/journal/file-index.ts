import type { Change, SavedPort } from '../../ports/model.ts';
import type { FileFacts } from '../file-system.ts';
import { Marks, type MarksWrite } from '../marks.ts';
import { interner } from './intern.ts';
import { factsOfRow, linkStateOfRow, portOfRow, rowOf, type JournalRecord, type Settled } from './record.ts';

const ROWS_PER_RECORD = 256;

/** What the file of a port must be. Replaced, never changed, so that an entry also names a version. */
export interface FileEntry {
  /** undefined: there must be no file. */
  readonly saved: SavedPort | undefined;
  /** Of the file that is on disk as it must be; undefined as long as that is not certain. */
  readonly facts: FileFacts | undefined;
}

/** What all port files must be: what the journal says, kept in memory. */
export class FileIndex {
  readonly files = new Map<string, FileEntry>();
  marks = new Marks();
  readonly #intern = interner();

  /** The record that saves `changes`; hand it to `take` once it is on disk. */
  recordOf(changes: readonly Change[], settled: readonly Settled[]): JournalRecord {
    const saved = changes.flatMap((change) =>
      change.kind === 'save' ? [rowOf(change.port, change.linkState)] : [],
    );
    const removed = changes.flatMap((change) => (change.kind === 'remove' ? [change.id] : []));
    const marks = this.marks.writeFor(changes);
    return {
      ...(settled.length > 0 && { settled }),
      ...(saved.length > 0 && { saved }),
      ...(removed.length > 0 && { removed }),
      ...(marks !== undefined && { marks: withoutText(marks) }),
    };
  }

  /** Carries out a record that was read back. */
  take({ settled = [], saved = [], removed = [], marks }: JournalRecord): void {
    for (const one of settled) this.settle(one);
    for (const row of saved) {
      const port = portOfRow(row, this.#intern);
      this.files.set(port.id, { saved: { port, linkState: linkStateOfRow(row) }, facts: factsOfRow(row) });
    }
    for (const id of removed) this.files.set(id, { saved: undefined, facts: undefined });
    if (marks !== undefined) this.marks.written({ ...marks, text: '' });
  }

  /** Carries out a record that was made of `changes`, and returns the ports whose files are to change. */
  takeChanges(changes: readonly Change[], { settled = [], marks }: JournalRecord): string[] {
    for (const one of settled) this.settle(one);
    const ids: string[] = [];
    for (const change of changes) {
      if (change.kind === 'save') {
        const { port, linkState } = change;
        this.files.set(port.id, { saved: { port, linkState }, facts: undefined });
        ids.push(port.id);
      } else if (change.kind === 'remove') {
        this.files.set(change.id, { saved: undefined, facts: undefined });
        ids.push(change.id);
      }
    }
    if (marks !== undefined) this.marks.written({ ...marks, text: '' });
    return ids;
  }

  settle([id, sizeBytes, mtimeMs]: Settled): void {
    const entry = this.files.get(id);
    if (sizeBytes === undefined || mtimeMs === undefined) {
      if (entry !== undefined && entry.saved === undefined) this.files.delete(id);
    } else if (entry?.saved !== undefined) {
      this.files.set(id, { saved: entry.saved, facts: { sizeBytes, mtimeMs } });
    }
  }

  /** Everything, as the content of a new journal. May be read slowly: what changes meanwhile is told once more after it. */
  *snapshot(): Generator<JournalRecord> {
    yield { marks: withoutText(this.marks.snapshot()) };
    let saved = [];
    let removed = [];
    for (const [id, entry] of this.files) {
      if (entry.saved === undefined) removed.push(id);
      else saved.push(rowOf(entry.saved.port, entry.saved.linkState, entry.facts));
      if (saved.length + removed.length < ROWS_PER_RECORD) continue;
      yield { saved, removed };
      saved = [];
      removed = [];
    }
    yield { saved, removed };
  }
}

function withoutText({ kind, line }: MarksWrite): Omit<MarksWrite, 'text'> {
  return { kind, line };
}
