import { Port } from '@vrouter/port-model';
import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import type { LedgerRow } from '../sync/state.ts';
import { knownAddresses } from './known-addresses.ts';
import type { Ledger } from './ledger.ts';

/** The network of sample ports is made from this key. */
const NETWORK = 'dvportgroup-21';
const port = samplePort(1);
const MAC = port['mac-address'];

function ledgerOf(rows: Record<string, readonly Partial<LedgerRow>[]>): Ledger & { loads: number } {
  return {
    loads: 0,
    load(agent) {
      this.loads += 1;
      return (rows[agent] ?? []).map((row) => ({
        portId: port.id,
        desired: undefined,
        held: undefined,
        ...row,
      }));
    },
    agents: () => Object.keys(rows),
    save: () => undefined,
    close: () => undefined,
  };
}

const at = (ip: string): Port => Port.parse({ ...port, 'ip-address': ip });
const wanted = (ip: string) => ({ desired: { port: at(ip), enabled: true } });
const held = (ip: string) => ({ held: { port: at(ip), ambiguous: false } });

test.each([
  ['another MAC', '00:50:56:ff:ff:ff', NETWORK],
  ['another network', MAC, 'dvportgroup-22'],
])('%s is not known', (_what, mac, network) => {
  expect(knownAddresses(ledgerOf({ a: [wanted('10.0.0.5')] }))(mac, network)).toBeUndefined();
});

test('a port without addresses has none', () => {
  expect(knownAddresses(ledgerOf({ a: [wanted('None')] }))(MAC, NETWORK)).toEqual({});
});

test('an address is known in whatever case the MAC is written; the ledger is read once', () => {
  const ledger = ledgerOf({ a: [], b: [wanted('10.0.0.5')] });
  const known = knownAddresses(ledger);
  expect(ledger.loads).toBe(0);
  expect(known(MAC.toUpperCase(), NETWORK)).toEqual({ ip: '10.0.0.5' });
  expect(known(MAC, NETWORK)).toEqual({ ip: '10.0.0.5' });
  expect(ledger.loads).toBe(2);
});

test('of a port that was on its way, the wanted record counts', () => {
  const rows = { a: [wanted('10.0.0.6')], b: [held('10.0.0.5')] };
  expect(knownAddresses(ledgerOf(rows))(MAC, NETWORK)).toEqual({ ip: '10.0.0.6' });
  expect(knownAddresses(ledgerOf({ b: rows.b }))(MAC, NETWORK)).toEqual({ ip: '10.0.0.5' });
});
