import { createLogger, systemClock } from '@vrouter/service-kit';
import { expect, test } from 'vitest';
import type { VsphereConfig } from '../../config.ts';
import { vsphereSource } from './vsphere-source.ts';

const log = createLogger('test', 'silent');
const config: VsphereConfig = {
  kind: 'vsphere',
  url: 'https://vcenter.test/sdk',
  username: 'user',
  password: 'pass',
  tls: { insecure: false },
};

test('a CA file that cannot be read is bad configuration', () => {
  const tls = { insecure: false, caFile: '/nowhere/ca.pem' };
  expect(() => vsphereSource({ ...config, tls }, systemClock, log)).toThrow(
    expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringContaining('/nowhere/ca.pem') }),
  );
});

test('so is one without a certificate', () => {
  const tls = { insecure: false, caFile: import.meta.filename };
  const source = vsphereSource({ ...config, tls }, systemClock, log);
  expect(() => source.start(() => undefined)).toThrow(
    expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringContaining('PEM') }),
  );
});

test('so is a password that is nowhere', () => {
  const { password: _password, ...nowhere } = config;
  expect(() => vsphereSource(nowhere, systemClock, log)).toThrow(/expected password or passwordFile/);
});

test('says where it reads, without the password', () => {
  expect(vsphereSource(config, systemClock, log).description).toBe('vCenter https://vcenter.test/sdk');
});
