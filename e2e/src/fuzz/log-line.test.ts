import { expect, test } from 'vitest';
import { isBadLine } from './log-line.ts';

test.each([
  '{"level":50,"msg":"a request met a defect"}',
  '{"level":60,"msg":"gone"}',
  '(node:1) UnhandledPromiseRejectionWarning: x',
  '    at file.ts:1:1',
  '{}',
])('%s is bad', (line) => expect(isBadLine(line)).toBe(true));

test.each(['', '{"level":30,"msg":"serving"}', '{"level":40,"msg":"not taken"}'])('%s is expected', (line) =>
  expect(isBadLine(line)).toBe(false),
);
