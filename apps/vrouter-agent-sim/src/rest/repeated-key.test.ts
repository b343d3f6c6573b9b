import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { repeatedKey } from './repeated-key.ts';

const found = (text: string) => repeatedKey(text, JSON.parse(text));
const twice = (field: string) => ({ field, expected: 'each key once in an object', got: 'it twice' });

test.each([
  ['{"a":1,"a":2}', twice('a')],
  ['{"a" :1,"b":0,"a"\n: 2}', twice('a')],
  ['{"a":1,"\\u0061":2}', twice('a')],
  ['{"\\"":1,"\\"":2}', twice('"')],
  ['{"x":{"a":1,"a":2}}', twice('a')],
  ['[{"a":1},{"b":1,"b":1}]', { index: 1, ...twice('b') }],
  ['{"__proto__":1,"__proto__":1}', twice('__proto__')],
])('%s holds one', (text, problem) => {
  expect(found(text)).toEqual(problem);
});

test.each([
  '{}',
  '[]',
  '{"a":"\\"a\\":1","b":"{\\"a\\":1,\\"a\\":1}"}',
  '{"a":"\\\\","b":1}',
  '[{"a":1},{"a":1}]',
  '{"a":{"a":1},"b":[{"a":1},{"a":1}]}',
])('%s holds none', (text) => {
  expect(found(text)).toBeUndefined();
});

// Not '\\' as well: once V8 has seen it after '"', its JSON.parse takes a second '"' for it (V8 13.6).
const key = fc.constantFrom('a', 'b', '"', '":', 'é', ' :', '{');
const object = fc.dictionary(key, fc.oneof(fc.string(), fc.nat(), fc.dictionary(key, fc.string())), {
  minKeys: 1,
});

test('no text with each key once is refused, however it is laid out, and each with one twice is', () => {
  fc.assert(
    fc.property(fc.array(object, { minLength: 1 }), fc.constantFrom('', ' ', '\t'), (objects, indent) => {
      expect(found(JSON.stringify(objects, null, indent))).toBeUndefined();
      const texts = objects.map((one) => JSON.stringify(one, null, indent));
      const repeated = Object.keys(objects.at(-1) ?? {})[0] ?? '';
      const spoilt = texts.at(-1)?.replace('{', `{${JSON.stringify(repeated)}${indent}:0,`) ?? '';
      expect(found(`[${[...texts.slice(0, -1), spoilt].join(',')}]`)).toMatchObject({ field: repeated });
    }),
  );
});
