import { expect, test } from 'vitest';
import { maskSecrets } from './mask-secrets.ts';

test('secrets are masked wherever they stand, and the rest is not', () => {
  const config = {
    listen: '127.0.0.1:1',
    inventory: { username: 'u', password: 'p', passwordFile: 'f', tls: { insecure: true, privateKey: 'k' } },
    agents: [
      { name: 'a', apiKey: 'k', url: 'http://u:p@h:1/x' },
      { name: 'b', sessionToken: 7 },
    ],
    note: 'see https://user:hunter2@host/ and http://host:80/@x',
    secret: undefined,
    credentials: null,
  };
  expect(maskSecrets(config)).toEqual({
    listen: '127.0.0.1:1',
    inventory: {
      username: 'u',
      password: '***',
      passwordFile: 'f',
      tls: { insecure: true, privateKey: '***' },
    },
    agents: [
      { name: 'a', apiKey: '***', url: 'http://u:***@h:1/x' },
      { name: 'b', sessionToken: '***' },
    ],
    note: 'see https://user:***@host/ and http://host:80/@x',
    secret: undefined,
    credentials: null,
  });
  expect(config.inventory.password).toBe('p');
});

test('a secret that is an object is masked as a whole', () => {
  expect(maskSecrets({ credentials: { user: 'u', key: 'k' } })).toEqual({ credentials: '***' });
});
