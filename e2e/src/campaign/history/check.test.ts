import { askOf, type Ask } from '@vrouter/testkit/history';
import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { checkHistory } from './check.ts';
import type { Happening, HistoryEvent } from './event.ts';

const port = samplePort(1);
const { id } = port;
const agent = 'agent-1';
const ADD = askOf('add', '/port', JSON.stringify(port));
const SYNC: Ask = { kind: 'sync' };
const on = (kind: 'delete' | 'enable' | 'disable' | 'get'): Ask => ({ kind, id });
const NOTHING = { kind: 'table', agent, ports: {} } as const;
const holding = (linkState: number, changes = {}): Happening => ({
  kind: 'table',
  agent,
  ports: { [id]: { port: { ...port, ...changes }, linkState } },
});
const asked = (key: number, ask: Ask): Happening => ({ kind: 'asked', agent, key, ask });
const answered = (key: number, status: number | null): Happening => ({
  kind: 'answered',
  agent,
  key,
  status,
});
let keys = 0;
const done = (ask: Ask, status: number | null = 200): Happening[] => {
  const key = ++keys;
  return [asked(key, ask), answered(key, status)];
};

/** What the checker says of `happenings`, one each second. */
function verdict(happenings: readonly (Happening | readonly Happening[])[], isReal = false) {
  const events = happenings.flat().map((one, index): HistoryEvent => ({ ...one, atMs: index * 1000 }));
  return checkHistory(events, [agent], { staleTimeoutMs: 5000, isReal, pluginReleases: false }).broken
    ?.violation.rule;
}

test('an acknowledged add that is gone after SIGKILL is a broken promise', () => {
  const killed: Happening[] = [
    { kind: 'died', agent },
    { kind: 'starting', agent },
  ];
  expect(verdict([done(ADD), killed, NOTHING])).toBe('acknowledged-change-lost');
  expect(verdict([done(ADD), killed, holding(0)])).toBeUndefined();
  expect(verdict([done(ADD, null), killed, NOTHING])).toBeUndefined();
  expect(verdict([done(ADD, null), killed, holding(0)])).toBeUndefined();
});

test('so is a delete that comes back, another record, and a link state that nobody asked for', () => {
  expect(verdict([done(ADD), done(on('delete')), holding(0)])).toBe('acknowledged-change-lost');
  expect(verdict([done(ADD), holding(0, { 'ip-address': '10.9.9.9' })])).toBe('acknowledged-change-lost');
  expect(verdict([done(ADD), done(on('enable')), holding(0)])).toBe('acknowledged-change-lost');
  expect(verdict([holding(0)])).toBe('acknowledged-change-lost');
});

test('a port that was added after the sync is not swept', () => {
  const wait = Array.from({ length: 6 }, (): Happening => ({ kind: 'note', text: '' }));
  expect(verdict([done(SYNC), done(ADD), wait, NOTHING])).toBe('swept-although-added');
  expect(verdict([done(ADD), done(SYNC), NOTHING])).toBe('swept-although-added');
  expect(verdict([done(ADD), done(SYNC), wait, NOTHING])).toBeUndefined();
  const forward: Happening = { kind: 'clock', agent, advanceMs: 5000 };
  expect(verdict([done(ADD), done(SYNC), forward, NOTHING])).toBeUndefined();
});

test('of two requests that overlap, either may have come first', () => {
  const overlap = [asked(-1, ADD), asked(-2, on('delete')), answered(-1, 200), answered(-2, 200)];
  expect(verdict([overlap, holding(0)])).toBeUndefined();
  expect(verdict([overlap, NOTHING])).toBeUndefined();
  expect(verdict([overlap, holding(1)])).toBe('acknowledged-change-lost');
  expect(verdict([overlap, done(ADD), NOTHING])).toBe('acknowledged-change-lost');
});

test('an overlap that took the link state away is not forgotten when the next add is certain', () => {
  const before = [done(ADD), done(on('enable'))].flat();
  const overlap: Happening[] = [
    asked(-1, on('delete')),
    asked(-2, ADD),
    answered(-2, 200),
    answered(-1, 200),
  ];
  expect(verdict([before, overlap, done(ADD), holding(0)])).toBeUndefined();
});

test('while an agent lies, its answers prove nothing', () => {
  const lying = (isLying: boolean): Happening => ({ kind: 'lying', agent, isLying });
  expect(verdict([lying(true), done(ADD), lying(false), NOTHING])).toBeUndefined();
  expect(verdict([lying(true), lying(false), done(ADD), NOTHING])).toBe('acknowledged-change-lost');
});

test('the plugin begins each life with a sync', () => {
  const start: Happening = { kind: 'plugin-starting' };
  expect(verdict([start, done(ADD)])).toBe('sync-first');
  expect(verdict([start, done(on('get'), 404), done(SYNC), done(ADD)])).toBeUndefined();
  expect(verdict([start, done(SYNC), start, done(on('delete'))])).toBe('sync-first');
});

test('the real agent may come back with any record, and without the port', () => {
  const restart: Happening[] = [
    { kind: 'died', agent },
    { kind: 'starting', agent },
  ];
  expect(verdict([done(ADD), restart, NOTHING], true)).toBeUndefined();
  expect(verdict([done(ADD), restart, holding(1)], true)).toBeUndefined();
  expect(verdict([restart, holding(1)], true)).toBe('acknowledged-change-lost');
});

test('the verdict names the event and the agent, and how often tables were looked at', () => {
  const events: HistoryEvent[] = [NOTHING, holding(0)].map((one, atMs) => ({ ...one, atMs }));
  const facts = { staleTimeoutMs: 5000, isReal: false, pluginReleases: false };
  expect(checkHistory(events, ['agent-2', agent], facts)).toMatchObject({
    broken: { index: 1, agent },
    tables: 2,
  });
});
