import type { Change } from '../../ports/model.ts';
import { Marks, type MarksWrite } from '../marks.ts';
import { FileEntry } from './file-entry.ts';
import {
  factsOfRow,
  linkStateOfRow,
  portOfRow,
  rowOf,
  type JournalRecord,
  type Row,
  type Settled,
} from './record.ts';

const ROWS_PER_RECORD = 256;

/** What all port files must be: what the journal says, kept in memory. */
export class FileIndex {
  readonly files = new Map<string, FileEntry>();
  marks = new Marks();

  /** The record that saves `changes`; hand it to `take` once it is on disk. */
  recordOf(changes: readonly Change[], settled: readonly Settled[]): JournalRecord {
    const saved: Row[] = [];
    const removed: string[] = [];
    for (const change of changes) {
      if (change.kind === 'save') saved.push(rowOf(change.port, change.linkState));
      else if (change.kind === 'remove') removed.push(change.id);
    }
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
      const port = portOfRow(row);
      this.files.set(port.id, new FileEntry({ port, linkState: linkStateOfRow(row) }, factsOfRow(row)));
    }
    for (const id of removed) this.files.set(id, removedEntry());
    if (marks !== undefined) this.marks.written({ ...marks, text: '' });
  }

  /** Carries out a record that was made of `changes`, and returns the ports whose files are to change. */
  takeChanges(changes: readonly Change[], { settled = [], marks }: JournalRecord): string[] {
    for (const one of settled) this.settle(one);
    const ids: string[] = [];
    for (const change of changes) {
      if (change.kind === 'save') {
        this.files.set(change.port.id, new FileEntry(change, undefined));
        ids.push(change.port.id);
      } else if (change.kind === 'remove') {
        this.files.set(change.id, removedEntry());
        ids.push(change.id);
      }
    }
    if (marks !== undefined) this.marks.written({ ...marks, text: '' });
    return ids;
  }

  settle([id, sizeBytes, mtimeMs]: Settled): void {
    const entry = this.files.get(id);
    if (sizeBytes === undefined || mtimeMs === undefined) {
      if (entry?.isRemoved === true) this.files.delete(id);
    } else if (entry?.isRemoved === false) {
      this.files.set(id, entry.certain({ sizeBytes, mtimeMs }));
    }
  }

  /** Everything, as the content of a new journal. May be read slowly: what changes meanwhile is told once more after it. */
  *snapshot(): Generator<JournalRecord> {
    yield { marks: withoutText(this.marks.snapshot()) };
    let saved = [];
    let removed = [];
    for (const [id, entry] of this.files) {
      const now = entry.saved;
      if (now === undefined) removed.push(id);
      else saved.push(rowOf(now.port, now.linkState, entry.facts));
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

/** Each its own, since an entry names a version. */
function removedEntry(): FileEntry {
  return new FileEntry(undefined, undefined);
}
