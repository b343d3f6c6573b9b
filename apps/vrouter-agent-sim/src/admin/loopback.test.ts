import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { isLoopback } from './loopback.ts';

test('the admin API is for this machine, unless told otherwise', () => {
  const flags = { stateDir: 'x', adminListen: '0.0.0.0:0' };
  expect(() => readConfig(flags, {})).toThrow(/adminListen: expected an address of this machine/);
  expect(readConfig(flags, { AGENT_ADMIN_REMOTE: 'true' }).adminListen.host).toBe('0.0.0.0');
});

test('addresses of this machine, and others', () => {
  const own = ['127.0.0.1', '127.9.9.9', '::1', 'localhost'];
  const others = ['0.0.0.0', '::', '10.0.0.1', 'example.org', '2001:db8::1', 'localhost.example.org'];
  expect([...own, ...others].map(isLoopback)).toEqual([...own.map(() => true), ...others.map(() => false)]);
});
