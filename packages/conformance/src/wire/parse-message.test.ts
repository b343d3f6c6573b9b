import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkedBody, inChunks } from './chunked.ts';
import { header } from './message.ts';
import { parseMessage, parseResponse } from './parse-message.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

test('what is no answer of HTTP is refused as soon as its first line is there', () => {
  for (const text of [
    'hello\r\n',
    'HTTP/1.1 20 OK\r\n',
    'HTTP/1.1  200 OK\r\n',
    'http/1.1 200 OK\r\n',
    ' \r\n',
  ]) {
    expect(() => parseResponse(bytes(text)), text).toThrow(/not a status line/);
  }
});

test('bad headers and lengths are refused', () => {
  const head = (line: string): Buffer => bytes(`HTTP/1.1 200 OK\r\n${line}\r\n\r\n`);
  expect(() => parseResponse(head('no colon'))).toThrow(/not a header: "no colon"/);
  expect(() => parseResponse(head('Bad Name: x'))).toThrow(/not a header/);
  expect(() => parseResponse(head('A: x\nB: y'))).toThrow(/not a header/);
  expect(() => parseResponse(head(' Folded: x'))).toThrow(/not a header/);
  expect(() => parseResponse(head('Content-Length: two'))).toThrow(/expected 0 to \d+, got "two"/);
  expect(() => parseResponse(head('Content-Length: 99999999999'))).toThrow(/Content-Length/);
  expect(() => parseResponse(head('A: x'))).toThrow(/neither Content-Length nor chunks/);
});

test('a head without end is refused before it fills the memory', () => {
  expect(() => parseMessage(Buffer.alloc(70_000, 'x'), 'empty')).toThrow(/longer than/);
});

test('bad chunks are refused', () => {
  expect(() => chunkedBody(bytes('zz\r\n'))).toThrow(/not a chunk size/);
  expect(() => chunkedBody(bytes('1\r\nabc\r\n'))).toThrow(/does not end after them/);
  expect(() => chunkedBody(bytes('-1\r\n'))).toThrow(/not a chunk size/);
});

test('nothing is an answer until its last byte is there, and what follows is not its', () => {
  const whole = 'HTTP/1.1 404 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
  for (let length = 0; length < whole.length; length += 1) {
    expect(parseResponse(bytes(whole.slice(0, length))), `${length} bytes`).toBeUndefined();
  }
  const answer = parseResponse(bytes(`${whole}HTTP/1.1 `));
  expect(answer).toMatchObject({ version: 'HTTP/1.1', status: 404, reason: 'OK' });
  expect(answer?.headerLines).toEqual(['Content-Type: application/json', 'Content-Length: 2']);
  expect(answer?.raw.toString()).toBe(whole);
});

test('interim answers have no body', () => {
  const answer = parseResponse(bytes('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n'));
  expect(answer).toMatchObject({ status: 100, raw: bytes('HTTP/1.1 100 Continue\r\n\r\n') });
});

test('headers are found in any case, their values trimmed', () => {
  const headerLines = ['A: 1', 'cOnTent-Length:   2 ', 'Content-Length: 3'];
  expect(header({ headerLines }, 'content-length')).toBe('2');
  expect(header({ headerLines }, 'b')).toBeUndefined();
});

test('any body cut into chunks comes out whole, and not before its last byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (content, size) => {
      const body = Buffer.from(content);
      const wire = inChunks(body, size);
      expect(chunkedBody(wire)).toEqual({ body, length: wire.length });
      expect(chunkedBody(wire.subarray(0, -1))).toBeUndefined();
    }),
  );
});
