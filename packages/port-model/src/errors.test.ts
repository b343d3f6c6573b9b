import { expect, test } from 'vitest';
import { errorBody, OPERATION_ERRORS, REST_ERRORS, type RestErrorCode } from './errors.ts';

test('an error body has text only', () => {
  expect(errorBody('UNKNOWN_ROUTE')).toStrictEqual({ error: 'Unknown Request' });
});

test('a detail follows the text', () => {
  expect(errorBody('PORT_NOT_FOUND', 'x')).toStrictEqual({ error: 'Port Not found: x' });
});

test('problems are details, and the first is in the text', () => {
  const problems = [
    { field: 'id', expected: 'a guid', got: '"x"' },
    { field: 'type', expected: '0', got: '7' },
  ];
  expect(errorBody('INVALID_PORT', undefined, problems)).toEqual({
    error: 'Invalid port: id: expected a guid, got "x"',
    details: problems,
  });
});

test('no two errors start alike, so that a text leads to one entry', () => {
  const texts = Object.values(REST_ERRORS).map(({ text }) => text as string);
  for (const text of texts)
    expect(texts.filter((one) => text === one || text.startsWith(`${one}:`))).toEqual([text]);
});

test('every error belongs to an operation, or to a path that has none', () => {
  const used = new Set<RestErrorCode>(Object.values(OPERATION_ERRORS).flat());
  const unused = (Object.keys(REST_ERRORS) as RestErrorCode[]).filter((code) => !used.has(code));
  expect(unused).toEqual(['UNKNOWN_ROUTE']);
});
