import { expect, test } from 'vitest';
import type { Change } from '../ports/model.ts';
import { Marks } from './marks.ts';

const seen = (id: string, generation: number): Change => ({ kind: 'seen', id, generation });
const generations = (generation: number, ...pending: number[]): Change => ({
  kind: 'generations',
  generation,
  pending,
});

/** A file of marks, kept as the store keeps it. */
class MarksFile {
  text = '';
  marks = new Marks();

  save(...changes: Change[]): 'append' | 'replace' | undefined {
    const write = this.marks.writeFor(changes);
    if (write === undefined) return undefined;
    this.text = write.kind === 'replace' ? write.text : this.text + write.text;
    this.marks.written(write);
    expect(this.marks.lengthBytes).toBe(this.text.length); // ASCII
    return write.kind;
  }
}

test('a torn last line is not there, with or without its end', () => {
  const file = new MarksFile();
  file.save(generations(3, 3));
  const whole = file.text;
  file.save(seen('a', 3));
  for (const torn of [
    file.text.slice(0, -1),
    file.text.slice(0, -9),
    `${whole}\0\0\0\n`,
    `${whole}{"format":1\n`,
  ]) {
    const marks = Marks.parse(torn);
    expect(marks.generationOf('a')).toBe(2);
    expect(marks.pending).toEqual([3]);
    expect(marks.lengthBytes).toBe(Buffer.byteLength(whole));
  }
});

test('damage before the last line is an error that names the line', () => {
  const file = new MarksFile();
  file.save(generations(1, 1));
  file.save(seen('a', 1));
  file.save(seen('b', 1));
  const lines = file.text.split('\n');
  expect(() => Marks.parse([lines[0], 'x', ...lines.slice(2)].join('\n'))).toThrow('line 2 is damaged');
});

test('another format is refused, wherever it stands', () => {
  expect(() => Marks.parse('{"format":2}\n')).toThrow(
    'the marks are in format 2, this version reads format 1',
  );
});

test('an empty file, or none, means that nothing is pending', () => {
  expect([Marks.parse('').pending, Marks.parse('').generationOf('a')]).toEqual([[], 0]);
});

test('ports are as old as their last mark; without one, older than every pending sync', () => {
  const file = new MarksFile();
  file.save(generations(4, 4));
  file.save(seen('a', 4), seen('b', 4));
  file.save(generations(5, 4, 5));
  file.save(seen('b', 5));
  const marks = Marks.parse(file.text);
  expect(['a', 'b', 'c'].map((id) => marks.generationOf(id))).toEqual([4, 5, 3]);
  expect(marks.generation).toBe(5);
});

test('changes of ports alone write no marks', () => {
  expect(new MarksFile().save({ kind: 'remove', id: 'a' })).toBeUndefined();
});

test('with the last deadline the marks go, and the counter stays', () => {
  const file = new MarksFile();
  expect(file.save(generations(1, 1))).toBe('replace');
  expect(file.save(seen('a', 1))).toBe('append');
  expect(file.save(generations(1))).toBe('replace');
  expect(file.text).toBe('{"format":1,"generation":1,"pending":[],"seen":{}}\n');
  expect(Marks.parse(file.text).generationOf('anything')).toBe(1);
});

test('writing the file anew keeps every mark that a sweep to come asks for', () => {
  const file = new MarksFile();
  file.save(generations(2, 1, 2));
  file.save(seen('first', 1), seen('both', 1));
  file.save(seen('second', 2));
  const kinds = Array.from({ length: 12_000 }, () => file.save(seen('both', 2)));
  expect(kinds).toContain('replace');
  const marks = Marks.parse(file.text);
  expect(['first', 'both', 'second', 'none'].map((id) => marks.generationOf(id))).toEqual([1, 2, 2, 0]);
});

test('marks that newer ones replace do not pile up while syncs keep coming', () => {
  const file = new MarksFile();
  const ids = Array.from({ length: 100 }, (_, index) => `port-${index}`);
  for (let generation = 1; generation <= 500; generation += 1) {
    file.save(generations(generation, generation));
    file.save(...ids.map((id) => seen(id, generation)));
  }
  const oneRound = JSON.stringify(Object.fromEntries(ids.map((id) => [id, 500]))).length;
  expect(file.text.length).toBeLessThan(120 * oneRound);
  expect(Marks.parse(file.text).generationOf('port-7')).toBe(500);
});
