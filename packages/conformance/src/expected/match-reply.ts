import type { Expect } from '../agent/expect.ts';
import type { Answer } from '../agent/wire-client.ts';
import type { FieldProblem, Reply } from './reply.ts';

/** Compares an answer with what it must be. Throws `Mismatch`. */
export function expectReply(expect: Expect, answer: Answer, reply: Reply): void {
  expect.equal('status', answer.status, reply.status);
  if (reply.text !== undefined) {
    expect.equal('body', answer.text, reply.text);
    return;
  }
  const body = errorBody(expect, answer.text);
  if (reply.error !== undefined) {
    expect.that(
      'error',
      body.error.includes(reply.error),
      `text with ${JSON.stringify(reply.error)}`,
      body.error,
    );
  }
  if (reply.fields !== undefined) expectFields(expect, body.details, reply.fields);
}

interface ErrorBody {
  readonly error: string;
  readonly details: unknown;
}

function errorBody(expect: Expect, text: string): ErrorBody {
  const body = jsonObject(text);
  const error = body?.['error'];
  expect.that(
    'body',
    typeof error === 'string' && error !== '',
    'a JSON object whose error is a text',
    body ?? text,
  );
  return { error: String(error), details: body?.['details'] };
}

function expectFields(expect: Expect, details: unknown, fields: readonly FieldProblem[]): void {
  const rows = Array.isArray(details) ? (details as unknown[]) : [];
  const named = rows.map((row) => {
    const { field, index } = (row ?? {}) as Record<string, unknown>;
    return index === undefined ? { field } : { field, index };
  });
  expect.equal('fields that details name', sorted(named), sorted(fields));
  for (const row of rows as Record<string, unknown>[]) {
    const saysBoth = typeof row['expected'] === 'string' && typeof row['got'] === 'string';
    expect.that('each detail', saysBoth, 'says what was expected and what was got, as texts', row);
  }
}

function sorted(fields: readonly object[]): unknown[] {
  return fields
    .map((field) => ({ ...field }))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
