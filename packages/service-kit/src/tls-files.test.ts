import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateAuthority, temporaryFolder, type Certificate } from '@vrouter/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readServerTls, type TlsFiles } from './tls-files.ts';

const KEYS = { cert: 'tlsCert', key: 'tlsKey', clientCa: 'tlsClientCa' };

const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
const [CERT, KEY, OTHER_KEY, CA, JUNK] = ['cert', 'key', 'other-key', 'ca', 'junk'].map(file) as [
  string,
  string,
  string,
  string,
  string,
];
let own: Certificate;

beforeAll(async () => {
  const authority = await certificateAuthority('test');
  own = await authority.issue('agent');
  writeFileSync(CERT, own.cert);
  writeFileSync(KEY, own.key);
  writeFileSync(OTHER_KEY, (await authority.issue('other')).key);
  writeFileSync(CA, authority.cert);
  writeFileSync(JUNK, 'junk');
});
afterAll(() => folder.remove());

test.each<[string, TlsFiles, RegExp]>([
  ['a key alone', { key: KEY }, /^tlsCert is missing/],
  ['a certificate alone', { cert: CERT }, /^tlsKey is missing/],
  ['an authority alone', { clientCa: CA }, /^tlsCert is missing/],
  ['no such file', { cert: file('none'), key: KEY }, /^tlsCert cannot be read: ENOENT.*none/],
  ['no certificate', { cert: JUNK, key: KEY }, /^tlsCert .*junk holds no certificate in PEM format/],
  ['no key', { cert: CERT, key: JUNK }, /^tlsKey .*junk holds no private key in PEM format/],
  ['another key', { cert: CERT, key: OTHER_KEY }, /^tlsKey .*other-key is not the key of .* tlsCert .*cert/],
  ['no authority', { cert: CERT, key: KEY, clientCa: JUNK }, /^tlsClientCa .*junk holds no certificate/],
])('%s is refused, and the setting and the file are named', (_what, files, message) => {
  expect(() => readServerTls(files, KEYS)).toThrow(message);
});

test('without files there is no TLS; with an authority, clients must show a certificate', () => {
  expect(readServerTls({}, KEYS)).toBeUndefined();
  expect(readServerTls({ cert: CERT, key: KEY }, KEYS)).toMatchObject({ ...own, requestCert: false });
  expect(readServerTls({ cert: CERT, key: KEY, clientCa: CA }, KEYS)).toMatchObject({
    requestCert: true,
    rejectUnauthorized: true,
  });
});
