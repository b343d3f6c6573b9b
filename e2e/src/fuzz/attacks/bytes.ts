import fc, { type Arbitrary } from 'fast-check';

const LENGTH_MAX = 2_000;
const BEGINNINGS = [
  '',
  '',
  'POST /port HTTP/1.1\r\nHost: a\r\n',
  'POST /port HTTP/1.1\r\nContent-Length: 500\r\n\r\n',
  'POST /port HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
];

/** Any bytes at all, some of them after a beginning that makes sense. */
export const randomBytes: Arbitrary<string> = fc
  .tuple(fc.constantFrom(...BEGINNINGS), fc.uint8Array({ maxLength: LENGTH_MAX, size: 'max' }))
  .map(([beginning, bytes]) => beginning + Buffer.from(bytes).toString('latin1'));
