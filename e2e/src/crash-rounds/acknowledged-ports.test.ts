import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import type { Exchange } from '../proxy/exchange.ts';
import { AcknowledgedPorts } from './acknowledged-ports.ts';

const port = samplePort(1);
const { id } = port;
const add: Exchange = { operation: 'add', portIds: [id], ports: [port] };
const sync: Exchange = { operation: 'sync', portIds: [], ports: [] };
const on = (operation: 'delete' | 'enable' | 'disable' | 'get'): Exchange => ({
  operation,
  portIds: [id],
  ports: [],
});

/** Sends `exchanges` one after the other, all answered with success. */
function after(...exchanges: readonly Exchange[]): AcknowledgedPorts {
  const ports = new AcknowledgedPorts();
  for (const exchange of exchanges) ports.observer(exchange)(200);
  return ports;
}

const nothing = new Map();
const holding = (linkState: number, changes = {}) =>
  new Map([[id, { port: { ...port, ...changes }, linkState }]]);

test('an acknowledged add must be there, as sent, disabled', () => {
  expect(after(add).contradictions(nothing)).toEqual([`port ${id}: was acknowledged and is lost`]);
  expect(after(add).contradictions(holding(1))[0]).toContain('link state 0 was acknowledged, 1 is held');
  const other = holding(0, { 'ip-address': '10.9.9.9' });
  expect(after(add).contradictions(other)[0]).toContain(
    'acknowledged with ip-address 10.0.0.1, but 10.9.9.9 is held',
  );
  expect(after(add).contradictions(holding(0))).toEqual([]);
});

test('an acknowledged delete must not come back, and nobody invents ports', () => {
  expect(after(add, on('delete')).contradictions(holding(0))[0]).toContain('is back');
  expect(after(add, on('delete')).contradictions(nothing)).toEqual([]);
  expect(after().contradictions(holding(0))[0]).toContain('is back');
});

test('the last acknowledged link state counts, and a repeated add keeps it', () => {
  expect(after(add, on('enable'), add).contradictions(holding(0))[0]).toContain('link state 1');
  expect(after(add, on('enable'), on('disable')).contradictions(holding(0))).toEqual([]);
});

test('a request without an answer leaves both possible', () => {
  const ports = after(add);
  ports.observer(on('delete'))(undefined);
  expect(ports.contradictions(nothing)).toEqual([]);
  expect(ports.contradictions(holding(0))).toEqual([]);
});

test('but an add without an answer takes nothing away', () => {
  const ports = after(add);
  ports.observer(add)(undefined);
  expect(ports.contradictions(nothing)).toHaveLength(1);
});

test('a refused request has changed nothing', () => {
  const ports = after(add);
  ports.observer(on('delete'))(400);
  expect(ports.contradictions(nothing)).toHaveLength(1);
});

test('requests that overlap leave both possible, until the next answer', () => {
  const ports = after();
  const end = ports.observer(add);
  ports.observer(on('delete'))(200);
  end(200);
  expect([...ports.contradictions(nothing), ...ports.contradictions(holding(0))]).toEqual([]);
  ports.observer(add)(200);
  expect(ports.contradictions(nothing)).toHaveLength(1);
});

test('after a sync a port may be swept, unless it was added again after it', () => {
  expect(after(add, sync).contradictions(nothing)).toEqual([]);
  expect(after(add, sync, on('enable')).contradictions(nothing)).toEqual([]);
  expect(after(add, sync, add).contradictions(nothing)).toHaveLength(1);
  expect(after(add, on('delete'), sync).contradictions(holding(0))).toHaveLength(1);
});

test('an add that overlaps a sync may belong to the time before it', () => {
  const ports = after();
  const end = ports.observer(sync);
  ports.observer(add)(200);
  end(200);
  expect(ports.contradictions(nothing)).toEqual([]);
});

test('reading changes nothing, and every success counts', () => {
  const ports = after(add, on('get'));
  expect(ports.contradictions(nothing)).toHaveLength(1);
  expect(ports.count).toBe(2);
});
