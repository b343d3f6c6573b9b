import { expect, test } from 'vitest';
import { samplePort } from './sample-port.ts';

test('ports of different numbers share no id, MAC or address', () => {
  const ports = [1, 2, 255, 256, 65_536, 70_000].map((number) => samplePort(number));
  for (const field of ['id', 'mac-address', 'ip-address', 'instance-id'] as const) {
    expect(new Set(ports.map((port) => port[field])).size).toBe(ports.length);
  }
});

test('changes replace fields', () => {
  expect(samplePort(1, { 'tx-vlan-id': 7 })).toEqual({ ...samplePort(1), 'tx-vlan-id': 7 });
});
