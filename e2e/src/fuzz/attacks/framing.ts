import { samplePort } from '@vrouter/testkit';
import fc, { type Arbitrary } from 'fast-check';

const BODY = JSON.stringify(samplePort(7));
const LONG = 20_000;

const token = fc.string({
  unit: fc.constantFrom(...'abcXYZ019-_!#$%&*+.^`|~ :\t\0\x7f\xff/"'.split('')),
  maxLength: 12,
});
const method = fc.oneof(
  fc.constantFrom('POST', 'PUT', 'GET', 'DELETE', 'HEAD', 'OPTIONS', 'CONNECT', 'post'),
  token,
);
const path = fc.oneof(
  fc.constantFrom(
    '/port',
    '/syncports',
    `/port/${samplePort(7).id}`,
    '*',
    '/',
    '//port',
    '/port?a=b#c',
    'http://x/port',
  ),
  fc.constantFrom(
    '/admin/requests?since=-1',
    '/Snh_FetchVmiPortSubscriptionReq?ifname=%zz',
    '/%',
    `/${'a'.repeat(LONG)}`,
  ),
  fc.webPath(),
  token,
);
const version = fc.constantFrom(
  ' HTTP/1.1',
  ' HTTP/1.0',
  ' HTTP/0.9',
  ' HTTP/2.0',
  ' HTTP/999.1',
  '',
  ' http/1.1',
);
const lineEnd = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r', '\r\r\n');

const length = fc.oneof(
  fc.constantFrom(BODY.length, BODY.length - 1, BODY.length + 1, 0).map(String),
  fc.constantFrom(
    '-1',
    '0x10',
    '1e3',
    '',
    ' ',
    '9'.repeat(16),
    '99999999999999999999',
    `${BODY.length}, ${BODY.length}`,
  ),
);
const header = fc.oneof(
  length.map((value) => `Content-Length: ${value}`),
  fc
    .constantFrom('chunked', 'Chunked', 'gzip, chunked', 'chunked, chunked', 'identity', '\vchunked')
    .map((value) => `Transfer-Encoding: ${value}`),
  fc.constantFrom('Connection: close', 'Connection: keep-alive', 'Connection: Upgrade', 'Upgrade: h2c'),
  fc.constantFrom(
    'Expect: 100-continue',
    'Expect: 200-ok',
    'Host: a',
    'Host:',
    ' folded: x',
    'no colon',
    ': empty',
  ),
  fc.constantFrom(`X: ${'x'.repeat(LONG)}`, 'X:\0', 'Content-Type: text/html', 'Accept: */*'),
  fc.tuple(token, token).map(([name, value]) => `${name}: ${value}`),
);

const chunk = fc
  .tuple(fc.constantFrom('', 'g', '-1', 'ffffffff', ';x=y', ' '), fc.nat({ max: 40 }), lineEnd)
  .map(([oddity, size, end]) => `${size.toString(16)}${oddity}${end}${'x'.repeat(size)}${end}`);
const body = fc.oneof(
  fc.constantFrom('', BODY, BODY.slice(0, -1), `${BODY}more`, BODY + BODY),
  fc.constant(`${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`),
  fc
    .tuple(fc.array(chunk, { maxLength: 4 }), fc.constantFrom('0\r\n\r\n', '0\r\nX: y\r\n\r\n', ''))
    .map(([all, end]) => all.join('') + end),
);

const message = fc
  .tuple(method, path, version, fc.array(header, { maxLength: 6 }), lineEnd, body)
  .map(([verb, target, ofHttp, headers, end, content]) =>
    [`${verb} ${target}${ofHttp}`, ...headers, '', content].join(end),
  );

/** Requests whose method, path, headers, lengths, chunks and line ends are what they should not be, several in a row. */
export const randomFraming: Arbitrary<string> = fc
  .array(message, { minLength: 1, maxLength: 3 })
  .map((messages) => messages.join(''));
