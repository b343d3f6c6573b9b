import { expect, test } from 'vitest';
import { describe } from './described.ts';

const described = (method: string, path: string, body: unknown = '') => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { operation, portIds, vms } = describe({ method, path, body: text, client: 'x' });
  return [operation, portIds, vms];
};

test('what no release has is no operation', () => {
  const unknown: [string, string][] = [
    ['PUT', '/port/1'],
    ['GET', '/gateway'],
    ['PUT', '/vm'],
    ['DELETE', '/vm-cfg/a'],
    ['GET', '/'],
  ];
  for (const [method, path] of unknown) expect(described(method, path)[0], `${method} ${path}`).toBeNull();
});

test('bodies that are no objects name nothing', () => {
  for (const body of ['', '[', '5', '[null]', { 'vm-uuid': 5 }])
    expect(described('POST', '/vm', body)).toEqual(['subscribe-vm', [], []]);
});

test('requests about VMs name the VM and its interface, and gateways neither', () => {
  expect(described('POST', '/gateway', [{ id: 'A' }])).toEqual(['add-gateway', [], []]);
  expect(described('DELETE', '/gateway', [{ id: 'A' }])).toEqual(['delete-gateway', [], []]);
  const body = { 'vm-uuid': 'VM', 'vmi-uuid': 'VMI' };
  expect(described('POST', '/vm', body)).toEqual(['subscribe-vm', ['vmi'], ['vm']]);
  expect(described('DELETE', '/vm/VM', body)).toEqual(['unsubscribe-vm', [], ['vm']]);
  expect(described('GET', '/vm/VM')).toEqual(['get-vm', [], ['vm']]);
  expect(described('GET', '/vm/VM/VMI')).toEqual(['get-vm-interface', ['vmi'], ['vm']]);
  expect(described('GET', '/vm-cfg/Pod/1')).toEqual(['get-vm-config', [], ['pod/1']]);
});
