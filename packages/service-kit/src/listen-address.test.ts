import { expect, test } from 'vitest';
import { ListenAddress, urlOf } from './listen-address.ts';

test.each([
  ['127.0.0.1:9091', { host: '127.0.0.1', port: 9091 }],
  ['localhost:0', { host: 'localhost', port: 0 }],
  ['0.0.0.0:65535', { host: '0.0.0.0', port: 65535 }],
  ['[::1]:80', { host: '::1', port: 80 }],
])('%s', (text, address) => {
  expect(ListenAddress.parse(text)).toEqual(address);
});

test.each(['', '9091', ':9091', '127.0.0.1', '127.0.0.1:', 'host:-1', '::1:80', '[::1]', 'a b:1', 'host:1x'])(
  '"%s" is refused, with an example',
  (text) => {
    const result = ListenAddress.safeParse(text);
    expect(result.error?.issues[0]?.message).toBe(
      `expected HOST:PORT such as 127.0.0.1:9091, got ${JSON.stringify(text)}`,
    );
  },
);

test.each(['host:65536', '127.0.0.1:70000', 'host:4294967377', '[::1]:999999'])(
  'the port of "%s" is refused, and the range told',
  (text) => {
    expect(ListenAddress.safeParse(text).error?.issues[0]?.message).toBe(
      `expected a port from 0 to 65535, got ${JSON.stringify(text)}`,
    );
  },
);

test('an IPv6 address is in brackets in a URL', () => {
  expect(urlOf({ address: '::1', port: 1, family: 'IPv6' })).toBe('http://[::1]:1');
  expect(urlOf({ address: '127.0.0.1', port: 1 })).toBe('http://127.0.0.1:1');
  expect(urlOf({ address: '127.0.0.1', port: 1 }, 'https')).toBe('https://127.0.0.1:1');
});
