import { expect, test } from 'vitest';
import { isDefect } from './innocence.ts';

test('a stack trace, and an error of the language, are defects; what faults explain is not', () => {
  expect(isDefect('    at run (file:///main.ts:1:1)')).toBe(true);
  expect(isDefect('{"level":50,"err":{"type":"TypeError"},"msg":"failed"}')).toBe(true);
  expect(isDefect('{"level":50,"err":{"code":"ENOSPC"},"msg":"no space left"}')).toBe(false);
  expect(isDefect('')).toBe(false);
});
