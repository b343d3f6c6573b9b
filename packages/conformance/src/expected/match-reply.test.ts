import { expect, test } from 'vitest';
import { Expect } from '../agent/expect.ts';
import { Recorder } from '../agent/recorder.ts';
import type { Answer } from '../agent/wire-client.ts';
import { expectReply } from './match-reply.ts';
import { badFields, DONE, exactError, refused, refusedChange, refusedPost, type Reply } from './reply.ts';

const answer = (status: number, text: string): Answer => ({
  version: 'HTTP/1.1',
  status,
  reason: 'OK',
  startLine: `HTTP/1.1 ${status} OK`,
  headerLines: [],
  body: Buffer.from(text),
  raw: Buffer.from(text),
  text,
  interim: [],
});

const compare = (reply: Reply, status: number, text: string) => () =>
  expectReply(new Expect(new Recorder()), answer(status, text), reply);
const detail = (fields: object): object => ({ expected: 'this', got: 'that', ...fields });

test('another status, and a body that differs in one byte, are mismatches', () => {
  expect(compare(DONE, 204, '{}')).toThrow('status: expected 200, got 204');
  expect(compare(DONE, 200, '{} ')).toThrow('body: expected "{}", got "{} "');
  expect(compare(refusedPost('x'), 500, '{"error":"{x}"}')).toThrow(/body: expected/);
  expect(compare(refusedChange('x'), 500, '{"error":"{ x }"}')).toThrow(/body: expected/);
});

test('an error body needs a text, whatever the text', () => {
  for (const text of ['', 'error', '[]', 'null', '{}', '{"error":""}', '{"error":5}']) {
    expect(compare(refused(400), 400, text), text).toThrow(/a JSON object whose error is a text/);
  }
  expect(compare(refused(400), 400, '{"error":"no"}')).not.toThrow();
  expect(compare({ status: 500, error: 'uuid' }, 500, '{"error":"no"}')).toThrow(/text with "uuid"/);
});

test('details must name the fields, all of them, no others, with both texts and the index', () => {
  const body = (...details: object[]): string => JSON.stringify({ error: 'no', details });
  const reply = badFields('type', { field: 'id', index: 1 });
  const type = detail({ field: 'type' });
  const id = detail({ field: 'id', index: 1 });
  expect(compare(reply, 400, body(id, type))).not.toThrow();
  expect(compare(reply, 400, body(type))).toThrow(/fields that details name/);
  expect(compare(reply, 400, body(id, type, detail({ field: 'x' })))).toThrow(/fields that details name/);
  expect(compare(reply, 400, body(detail({ field: 'id' }), type))).toThrow(/fields that details name/);
  expect(compare(reply, 400, body(id, { field: 'type', expected: 'this' }))).toThrow(/as texts/);
  expect(compare(reply, 400, '{"error":"no"}')).toThrow(/fields that details name/);
});

test('texts of the real agent are compact JSON', () => {
  expect(exactError('Unknown Request', 404)).toEqual({ status: 404, text: '{"error":"Unknown Request"}' });
  expect(refusedPost('Invalid VN uuid').text).toBe('{"error":"{ Invalid VN uuid }"}');
});
