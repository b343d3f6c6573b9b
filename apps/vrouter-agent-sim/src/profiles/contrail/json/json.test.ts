import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OTHER_NUMBER, parseJson, type Json } from './parse.ts';
import { bytesOf } from './unescape.ts';
import { jsonString, prettyObject } from './write.ts';

test('what the real agent does not take for JSON is none', () => {
  const structure = [
    '',
    '   ',
    '{} x',
    '{"a":1,}',
    "{'a':1}",
    '[{}',
    '[1,]',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    '{"a":1',
  ];
  const strings = ['"a', '"\u0001"', '"\n"', '"\\ud800"', '"\\udc00"', '"\\ud800x"', '"\\x41"', '"\\u12"'];
  const numbers = ['NaN', 'Infinity', '01', '1.', '.5', '+1', '-', '1e', '1e400'];
  const others = ['// c\n{}', '/**/{}', 'tru', 'nulll', '\u00ef\u00bb\u00bf{}'];
  const bad = [structure, strings, numbers, others].flat();
  for (const text of bad) expect(parseJson(text), text).toBeUndefined();
});

test('nesting has an end, and what is deeper is no JSON', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  expect(parseJson(nested(1000))).toBeDefined();
  expect(parseJson(nested(1001))).toBeUndefined();
  expect(parseJson('['.repeat(1_000_000))).toBeUndefined();
  expect(parseJson('{"a":'.repeat(10_000))).toBeUndefined();
});

test('only integers of 32 bits that are written as such are integers', () => {
  const ints: Record<string, number> = {
    '0': 0,
    '-0': 0,
    '-1': -1,
    '2147483647': 2 ** 31 - 1,
    '-2147483648': -(2 ** 31),
  };
  for (const [text, value] of Object.entries(ints)) expect(parseJson(text)).toBe(value);
  for (const text of ['1.0', '1e0', '2147483648', '-2147483649', '1.5', '1E2'])
    expect(parseJson(text)).toBe(OTHER_NUMBER);
});

test('of a key that stands twice the first counts, and no key has powers', () => {
  const value = parseJson('{"a":1,"a":2,"__proto__":3,"constructor":4}');
  expect(value).toEqual(
    new Map([
      ['a', 1],
      ['__proto__', 3],
      ['constructor', 4],
    ]),
  );
});

test('strings are read as UTF-8, escapes and all', () => {
  expect(parseJson(bytesOf('"é\\u00e9\\ud83d\\ude00😀\\n\\/\\u0000"'))).toBe('éé😀😀\n/\0');
});

test('any text survives being written and read, and any JSON of the platform is read the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => parseJson(bytesOf(jsonString(text))) === text),
  );
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      expect(parseJson(bytesOf(JSON.stringify(value)))).toEqual(asRead(value));
    }),
  );
});

function asRead(value: unknown): Json {
  if (typeof value === 'number') return /^-?\d{1,9}$/.test(JSON.stringify(value)) ? value + 0 : OTHER_NUMBER;
  if (Array.isArray(value)) return value.map(asRead);
  if (typeof value !== 'object' || value === null) return value as Json;
  return new Map(Object.entries(value).map(([key, one]) => [key, asRead(one)]));
}

test('strings are escaped only where they must be, in upper-case hex', () => {
  expect(jsonString('a"\\/\b\f\n\r\t\u0001\u001f\u007f é\u2028')).toBe(
    '"a\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\u007f é\u2028"',
  );
});

test('objects stand on lines of their own, four blanks in', () => {
  expect(
    prettyObject([
      ['a', 'x'],
      ['b', 1],
      ['c', false],
      ['d', ['e', 'f']],
    ]),
  ).toBe('{\n    "a": "x",\n    "b": 1,\n    "c": false,\n    "d": [\n        "e",\n        "f"\n    ]\n}');
});
