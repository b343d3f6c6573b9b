import { decodeLine, FORMAT, type Header, type JournalRecord } from './record.ts';

const LINE_END = 0x0a;

export interface JournalContent {
  /** Bytes that count; what lies behind them was never acknowledged. */
  readonly lengthBytes: number;
  /** Numbers of lines that are damaged though something was saved after them. */
  readonly damagedLines: readonly number[];
}

/**
 * Reads a journal. One line is one write, and a line begins only after the one before is on disk, so the end of the
 * power can spoil only the last. Hands each record to `take` at once, since all together are large. Throws
 * `UnknownJournalFormat`.
 */
export function readJournal(bytes: Buffer, take: (record: JournalRecord) => void): JournalContent {
  const damagedLines: number[] = [];
  let torn: number[] = [];
  let lengthBytes = 0;
  let number = 0;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_END, start);
    if (end === -1) break;
    number += 1;
    const decoded = decodeLine(bytes.toString('utf8', start, end));
    start = end + 1;
    if (decoded === undefined) {
      torn.push(number);
      continue;
    }
    damagedLines.push(...torn);
    torn = [];
    lengthBytes = start;
    if (isHeader(decoded)) checkFormat(decoded);
    else take(decoded);
  }
  // A journal comes into being whole, so its first line cannot be torn; and one write cannot spoil two lines.
  if (lengthBytes === 0 && torn.length === 0) damagedLines.push(1);
  if (torn[0] === 1 || torn.length > 1) damagedLines.push(...torn);
  return { lengthBytes, damagedLines };
}

function isHeader(decoded: Header | JournalRecord): decoded is Header {
  return 'journal' in decoded;
}

function checkFormat({ format }: Header): void {
  if (format !== FORMAT) throw new UnknownJournalFormat(format);
}

/** The folder was used by another version of the agent: guessing would put its ports at risk. */
export class UnknownJournalFormat extends Error {
  constructor(format: number) {
    super(
      `the journal is in format ${format}, this version reads format ${FORMAT}; start the version that wrote it with ` +
        '--durability file once, which leaves no journal, or move the journal away and lose what is only in it',
    );
  }
}
