import type { Outcome } from '@vrouter/agent-client';
import { expect, test } from 'vitest';
import { step } from './agent-state.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { applyOutcome } from './outcome.ts';
import type { PortEntry } from './port-entry.ts';
import { newAgentState, type AgentState, type Effect, type InFlight } from './state.ts';
import { agentOf, settledEntry } from './testing/agent-of.ts';

const NOW_MS = 10_000;
const BUSY: Outcome = { kind: 'unavailable', reason: 'busy', sent: true, status: 503 };
const UNKNOWN: Outcome = { kind: 'unknown-route' };

/** The outcome of a request about the first of `entries`, sent a second ago. */
function heard(
  kind: 'delete' | 'enable' | 'verify',
  outcome: Outcome,
  entries: readonly PortEntry[] = [settledEntry(1)],
  changes: Partial<AgentState> = {},
): { state: AgentState; entry: PortEntry; effects: Effect[] } {
  const [entry = settledEntry(1)] = entries;
  const state = agentOf(entries, changes);
  state.inFlight.set(7, { id: 7, sentAtMs: NOW_MS - 1000, kind, entry });
  const effects: Effect[] = [];
  applyOutcome(state, 7, outcome, 0.5, NOW_MS, effects);
  return { state, entry, effects };
}

const FAILURES: readonly (readonly [Outcome, string])[] = [
  [{ kind: 'refused', status: 400, message: 'no such field' }, 'refused (400): no such field'],
  [BUSY, 'busy'],
  [{ kind: 'unavailable', reason: 'the connection was reset', sent: true }, 'the connection was reset'],
  [UNKNOWN, 'the agent does not know this request'],
];

test.each(FAILURES)(
  'an operator reads what went wrong, at the agent and at the port #%#',
  (outcome, text) => {
    const { state, entry, effects } = heard('delete', outcome);
    expect(state.lastError).toBe(text);
    expect(entry.lastError).toBe(text);
    expect(effects).toEqual([{ kind: 'note', entries: [entry] }]);
  },
);

test('a port that is not there is told of the agent, too', () => {
  expect(heard('verify', { kind: 'not-found' }).state.lastError).toBe('the agent does not have this port');
});

test('what goes well leaves the last error to be read', () => {
  const before = { lastError: 'the connection was reset' };
  for (const outcome of [{ kind: 'done' }, { kind: 'found', port: { id: 'x' } }] as const)
    expect(heard('verify', outcome, [settledEntry(1)], before).state.lastError).toBe(before.lastError);
});

test('an agent that answers 503 is there: only the request waits, longer each time', () => {
  const { state, entry } = heard('delete', BUSY, [settledEntry(1, { attempts: 2 })]);
  expect(state.connection.kind).toBe('up');
  expect(entry.notBeforeMs).toBe(NOW_MS + 0.75 * DEFAULT_LIMITS.retryMsMin * 4);
});

test('a request that the agent does not know is asked again only slowly', () => {
  expect(heard('delete', UNKNOWN).entry.notBeforeMs).toBe(NOW_MS + DEFAULT_LIMITS.refusedRetryMs);
});

test('an agent from before link states owes none of them any more, for any port', () => {
  const unset = (number: number): PortEntry => {
    const entry = settledEntry(number);
    return { ...entry, held: entry.held && { ...entry.held, enabled: undefined } };
  };
  const entries = [unset(1), unset(2), unset(3)];
  expect(agentOf(entries).lanes.links.size).toBe(3);
  const { state } = heard('enable', UNKNOWN, entries);
  expect(state.linkStates).toBe(false);
  expect(state.lanes.links.size).toBe(0);
});

test('an add counts in the epoch that it was sent in, although another has begun meanwhile', () => {
  const entry = settledEntry(1);
  const state = agentOf([entry], { epoch: 3 });
  const { desired, held } = entry;
  if (desired === undefined) throw new Error('a settled entry is desired');
  const items = [{ entry, port: desired.port, before: held }];
  const add: InFlight = { id: 7, sentAtMs: NOW_MS, kind: 'add', items, array: false, epoch: 1 };
  state.inFlight.set(7, add);
  applyOutcome(state, 7, { kind: 'done' }, 0.5, NOW_MS, []);
  expect(entry.held?.epoch).toBe(1);
});

test('a plugin that knows no inventory yet sends nothing, whatever its ledger remembers', () => {
  const port = settledEntry(1).desired?.port;
  if (port === undefined) throw new Error('a settled entry is desired');
  const rows = [{ portId: port.id, desired: undefined, held: { port, ambiguous: false } }];
  let state = newAgentState(DEFAULT_LIMITS);
  expect(state).toMatchObject({ complete: false, known: false, connection: { kind: 'unknown' } });
  for (const input of [{ kind: 'ledger', rows }, { kind: 'wake' }] as const) {
    const [next, effects] = step(state, input, NOW_MS);
    state = next;
    expect(effects.filter(({ kind }) => kind === 'send')).toEqual([]);
  }
});
