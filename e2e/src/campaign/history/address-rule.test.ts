import { samplePort } from '@vrouter/testkit';
import { askOf } from '@vrouter/testkit/history';
import { expect, test } from 'vitest';
import { checkHistory } from './check.ts';
import type { Happening, HistoryEvent } from './event.ts';

const AGENTS = ['agent-1', 'agent-2'];
const mine = samplePort(1);
/** Of another VM, with the same address in the same network. */
const others = { ...samplePort(2), 'vn-id': mine['vn-id'], 'ip-address': mine['ip-address'] };
const ADDRESS = `${mine['vn-id']} ${mine['ip-address']}`;

let keys = 0;
function sent(agent: string, kind: string, port: typeof mine, status: number | null = 200): Happening[] {
  const key = ++keys;
  const path = `/port/${port.id}`;
  const ask = askOf(kind, path, JSON.stringify(port));
  return [
    { kind: 'asked', agent, key, ask },
    { kind: 'answered', agent, key, status },
  ];
}
const sync = (agent: string): Happening[] => {
  const key = ++keys;
  return [
    { kind: 'asked', agent, key, ask: { kind: 'sync' } },
    { kind: 'answered', agent, key, status: 200 },
  ];
};
/** A reading that took `tookMs`, at one event a second. */
const reading = (tookMs: number, ...taken: string[]): Happening => ({
  kind: 'addresses',
  sinceMs: -tookMs,
  taken,
});
const SECOND: Happening = { kind: 'note', text: '' };

/** What the checker says of `happenings`, one each second. */
function verdict(happenings: readonly (Happening | readonly Happening[])[], pluginReleases = true) {
  const events = happenings.flat().map((one, index): HistoryEvent => {
    const atMs = index * 1000;
    return one.kind === 'addresses' ? { ...one, sinceMs: atMs + one.sinceMs, atMs } : { ...one, atMs };
  });
  return checkHistory(events, AGENTS, { staleTimeoutMs: 5000, isReal: false, pluginReleases }).broken;
}

test('an address is never on ports of two VMs at once, at two agents or at one', () => {
  for (const agent of AGENTS) {
    const broken = verdict([sent('agent-1', 'add', mine), sent(agent, 'add', others)]);
    expect(broken).toMatchObject({ index: 3, violation: { rule: 'one-port-per-address' } });
    expect(broken?.violation.message).toContain(ADDRESS);
  }
});

test('a port may be at two agents while its VM moves, and an address may go on once it was given up', () => {
  expect(verdict([sent('agent-1', 'add', mine), sent('agent-2', 'add', mine)])).toBeUndefined();
  const released = [sent('agent-1', 'add', mine), sent('agent-1', 'delete', mine)];
  expect(verdict([...released, sent('agent-2', 'add', others)])).toBeUndefined();
  const network = { ...others, 'vn-id': samplePort(9).id };
  expect(verdict([sent('agent-1', 'add', mine), sent('agent-2', 'add', network)])).toBeUndefined();
});

test('a delete without an answer, a sweep that may have been, and an add under way leave it open', () => {
  const added = sent('agent-1', 'add', mine);
  const taken = sent('agent-2', 'add', others);
  expect(verdict([added, sent('agent-1', 'delete', mine, null), taken])).toBeUndefined();
  expect(verdict([added, sync('agent-1'), Array.from({ length: 5 }, () => SECOND), taken])).toBeUndefined();
  expect(verdict([added, taken.slice(0, 1)])).toBeUndefined();
  expect(verdict([added, sync('agent-1'), taken])).toBeDefined();
});

test('an address that an agent has is not free in the config API', () => {
  const added = sent('agent-1', 'add', mine);
  expect(verdict([added, reading(500)])).toMatchObject({ index: 2, agent: 'agent-1' });
  expect(verdict([added, reading(500, ADDRESS)])).toBeUndefined();
  expect(verdict([added, sent('agent-1', 'delete', mine), reading(500)])).toBeUndefined();
});

test('a reading that began before the port was there, or was in doubt meanwhile, proves nothing', () => {
  const added = sent('agent-1', 'add', mine);
  expect(verdict([added, reading(1500)])).toBeUndefined();
  expect(verdict([added, SECOND, SECOND, sent('agent-1', 'add', mine), reading(2500)])).toBeUndefined();
  expect(verdict([added, SECOND, SECOND, reading(2500)])).toBeDefined();
});

test('where others release addresses, the plugin cannot promise it', () => {
  expect(verdict([sent('agent-1', 'add', mine), reading(500)], false)).toBeUndefined();
});

test('an address that nobody knows yet belongs to nobody', () => {
  const none = (port: typeof mine) => ({ ...port, 'ip-address': '0.0.0.0' });
  expect(verdict([sent('agent-1', 'add', none(mine)), sent('agent-2', 'add', none(others))])).toBeUndefined();
});
