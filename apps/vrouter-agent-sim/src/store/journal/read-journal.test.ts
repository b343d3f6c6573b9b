import { expect, test } from 'vitest';
import { readJournal, type JournalContent } from './read-journal.ts';
import { encodeLine, HEADER, type JournalRecord } from './record.ts';

const record = (id: string): JournalRecord => ({ removed: [id] });
const LINES = [encodeLine(HEADER), ...['a', 'b', 'c'].map((id) => encodeLine(record(id)))];
const read = (text: string): JournalContent & { records: JournalRecord[] } => {
  const records: JournalRecord[] = [];
  return { ...readJournal(Buffer.from(text), (one) => records.push(one)), records };
};
const spoilt = (line: string): string => `${line.slice(0, 12)}#${line.slice(13)}`;

test('whatever of the last line is on disk, the lines before it count', () => {
  const whole = LINES.slice(0, -1).join('');
  const last = LINES.at(-1) ?? '';
  for (let length = 0; length < last.length; length += 1) {
    for (const torn of [last.slice(0, length), '\0'.repeat(length) + last.slice(length), spoilt(last)]) {
      if (torn === last) continue;
      const content = read(whole + torn);
      expect(content).toEqual({
        records: [record('a'), record('b')],
        lengthBytes: whole.length,
        damagedLines: [],
      });
    }
  }
});

test('damage before the last line is told by line, and the lines after it count', () => {
  const [header = '', a = '', b = '', c = ''] = LINES;
  const content = read(header + spoilt(a) + b + c);
  expect(content.damagedLines).toEqual([2]);
  expect(content.records).toEqual([record('b'), record('c')]);
  expect(read(header + spoilt(a) + spoilt(b)).damagedLines).toEqual([2, 3]);
  expect(read(spoilt(header) + a).damagedLines).toEqual([1]);
  expect(read(spoilt(header)).damagedLines).toEqual([1]);
  expect(read('').damagedLines).toEqual([1]);
});

test("another version's journal is refused by its format", () => {
  const journal = encodeLine({ ...HEADER, format: 2 }) + encodeLine(record('a'));
  expect(() => read(journal)).toThrow('the journal is in format 2, this version reads format 1');
});
