import { expect, test } from 'vitest';
import { OutputTail } from './output-tail.ts';

test('puts lines together from pieces', () => {
  const tail = new OutputTail();
  const lines: string[] = [];
  const stop = tail.onLine((line) => lines.push(line));
  tail.append('one\ntw');
  tail.append('o\nthr');
  expect(lines).toEqual(['one', 'two']);
  expect(tail.text()).toBe('one\ntwo\nthr');
  stop();
  tail.append('ee\n');
  expect(lines).toEqual(['one', 'two']);
  expect(tail.lines()).toEqual(['one', 'two', 'three']);
});

test('keeps the end of a long output only', () => {
  const tail = new OutputTail();
  for (let line = 0; line < 100_000; line++) tail.append(`line ${line}\n`);
  expect(tail.text().length).toBeLessThanOrEqual(2 * 256 * 1024);
  expect(tail.lines().at(-1)).toBe('line 99999');
});

test('a line without end is bounded too', () => {
  const tail = new OutputTail();
  for (let piece = 0; piece < 40; piece++) tail.append('x'.repeat(10_000));
  expect(tail.text().length).toBe(256 * 1024);
});
