import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RequestBuilder, type RawRequest } from './request-builder.ts';

const LIMITS = { headerBytesMax: 1000, bodyBytesMax: 1000 };

/** What becomes of `reads`, one after another. */
function readAll(...reads: readonly string[]): (RawRequest | 'incomplete' | 'too-much')[] {
  const builder = new RequestBuilder(LIMITS);
  return reads.map((text) => builder.read(Buffer.from(text, 'latin1')));
}

const post = (path: string, body: string, headers = ''): string =>
  `POST ${path} HTTP/1.1\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
const request = (method: string, path: string, body = '', query = ''): RawRequest => ({
  method,
  path,
  query,
  body,
});

test('what is no HTTP makes the connection deaf for good', () => {
  const garbage = [
    '\x16\x03\x01\r\n\r\n',
    'NONSENSE /port HTTP/1.1\r\n\r\n',
    'get / HTTP/1.1\r\n\r\n',
    'POST port? HTTP/x\r\n\r\n',
    'GET / HTTP/1.1\r\nno header\r\n\r\n',
    'POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n',
    'POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n',
    'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n',
    'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n',
  ];
  for (const text of garbage)
    expect(readAll(text, 'GET / HTTP/1.1\r\n\r\n'), text).toEqual(['incomplete', 'incomplete']);
});

test('more than the limits is told as such', () => {
  const tooMuch = [
    `GET /${'x'.repeat(1000)}`,
    `GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(250)}`,
    'POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n',
    'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n',
    `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${`1F4\r\n${'x'.repeat(500)}\r\n`.repeat(2)}1\r\nx`,
  ];
  for (const text of tooMuch) expect(readAll(text), text.slice(0, 60)).toEqual(['too-much']);
});

test('the query is cut off, and a whole URL is taken for its path', () => {
  expect(readAll('GET /port?type=2&x HTTP/1.1\r\n\r\n', 'GET http://a:1/port?q#f HTTP/1.0\r\n\r\n')).toEqual([
    request('GET', '/port', '', 'type=2&x'),
    request('GET', '/port', '', 'q'),
  ]);
});

test('line ends without CR, blank lines before, folded headers and old versions are taken', () => {
  const reads = [
    'GET /a HTTP/1.1\nA: b\n\n',
    '\r\n\r\nGET /b HTTP/1.1\r\n\r\n',
    'GET /c HTTP/1.1\r\nA: b\r\n  c\r\n\r\n',
    'GET /d\r\n\r\n',
    'PUT /e HTTP/1.1\r\nCONTENT-LENGTH:1\r\n\r\nx',
  ];
  const got = readAll(...reads).map((one) => typeof one === 'object' && one.path + one.body);
  expect(got).toEqual(['/a', '/b', '/c', '/d', '/ex']);
});

test('a request comes out the same however it is cut into reads', () => {
  const whole = [
    [post('/port?x', '{"a":1}'), request('POST', '/port', '{"a":1}', 'x')],
    [
      'POST /port HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n2;ext=1\r\n{"\r\n5\r\na":1}\r\n0\r\nT: x\r\n\r\n',
      request('POST', '/port', '{"a":1}'),
    ],
    ['DELETE /port/x HTTP/1.1\r\nHost: a\r\n\r\n', request('DELETE', '/port/x')],
  ] as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...whole),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }),
      ([text, expected], sizes) => {
        const reads: string[] = [];
        for (let at = 0, index = 0; at < text.length; index += 1) {
          const size = sizes[index % sizes.length] ?? 1;
          reads.push(text.slice(at, at + size));
          at += size;
        }
        const got = readAll(...reads);
        expect(got.slice(0, -1).every((one) => one === 'incomplete')).toBe(true);
        expect(got.at(-1)).toEqual(expected);
      },
    ),
  );
});

test('requests of one read become one, and the path of the one that was swallowed sticks to the next', () => {
  const [merged, next, last] = readAll(
    post('/a', 'one') + post('/b', 'two'),
    'GET /c HTTP/1.1\r\n\r\n',
    'GET /d HTTP/1.1\r\n\r\n',
  );
  expect(merged).toEqual(request('POST', '/b', 'onetwo'));
  expect(next).toEqual(request('GET', '/a/c'));
  expect(last).toEqual(request('GET', '/d'));
});

test('what stands behind a complete request in its read is lost', () => {
  const [first, rest] = readAll(`${post('/a', '1')}POST /b HTTP/1.1\r\nContent-`, 'Length: 1\r\n\r\n2');
  expect(first).toEqual(request('POST', '/a', '1'));
  expect(rest).toBe('incomplete');
  const [closed, after] = readAll(
    post('/a', '1', 'Connection: close\r\n') + post('/b', '2'),
    post('/c', '3'),
  );
  expect(closed).toEqual(request('POST', '/a', '1'));
  expect(after).toEqual(request('POST', '/c', '3'));
  expect(readAll(`${post('/a', '1')}\x00\x01\r\n`, post('/b', '2'))).toEqual([
    request('POST', '/a', '1'),
    request('POST', '/b', '2'),
  ]);
});

test('no bytes, in no order, are too much for it', () => {
  const ofHeads = ['POST', ' ', '/port', ' HTTP/1.1', '\r\n', '\n', ':', 'Connection: close\r\n', '\r\n\r\n'];
  const ofBodies = ['Content-Length: 3\r\n', 'Transfer-Encoding: chunked\r\n', '0\r\n\r\n', '5', 'a', '\0'];
  const pieces = fc.constantFrom(...ofHeads, ...ofBodies);
  const bytes = fc.uint8Array({ maxLength: 8 }).map((array) => Buffer.from(array).toString('latin1'));
  const reads = fc.array(fc.array(fc.oneof(pieces, bytes), { maxLength: 12 }).map((parts) => parts.join('')));
  fc.assert(
    fc.property(reads, (texts) => {
      for (const read of readAll(...texts)) if (typeof read === 'object') expect(read.method).not.toBe('');
    }),
    { numRuns: 2000 },
  );
});
