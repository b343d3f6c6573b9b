import { expect, test } from 'vitest';
import { bystandersHit } from './bystanders.ts';
import { chainOf, perPort, type AgentRequest } from './chains.ts';

/** `agent-1 add a 500`, one per millisecond. */
function requests(...lines: readonly string[]): readonly AgentRequest[] {
  return lines.map((line, atMs) => {
    const [agent = '', operation = '', id, status = '200'] = line.split(' ');
    return { agent, atMs, operation, portIds: id === undefined ? [] : [id], status: Number(status) };
  });
}

test('a chain is what agents were asked for one port, in order of time', () => {
  const [last, ...others] = requests(
    'agent-1 delete a',
    'agent-2 add a',
    'agent-2 enable a',
    'agent-2 add b',
    'agent-2 get a',
  );
  const late = [{ ...last, atMs: 9 }, ...others] as readonly AgentRequest[];
  expect(chainOf(late, 'a')).toBe('agent-2: add, enable; then agent-1: delete');
  expect(chainOf(late, 'b')).toBe('agent-2: add');
  expect(chainOf(late, 'c')).toBe('nothing');
});

test('in one millisecond the order of each agent stands, and a delete elsewhere comes after', () => {
  const lines = ['agent-1 delete a', 'agent-1 add a', 'agent-2 add a', 'agent-2 delete a'];
  const all = requests(...lines).map((request) => ({ ...request, atMs: 5 }));
  expect(chainOf(all, 'a')).toBe('agent-2: add; then agent-1: delete, add; then agent-2: delete');
});

test('a sync is part of every chain, and a failure is shown as one', () => {
  const all = requests('agent-1 sync', 'agent-1 add a 500', 'agent-1 add a');
  expect(chainOf(all, 'a')).toBe('agent-1: sync, add (500), add');
  expect(chainOf(all, 'b')).toBe('agent-1: sync');
});

test('one text for all ports stands for itself', () => {
  const ports = new Map([
    ['first', 'a'],
    ['second', 'b'],
  ]);
  expect(perPort(ports, () => 'same')).toBe('same');
  expect(perPort(ports, (id) => id)).toEqual({ first: 'a', second: 'b' });
  expect(perPort(new Map(), () => 'same')).toEqual({});
});

test('other ports are left alone, but for those of an agent that is brought into step', () => {
  const none: ReadonlySet<string> = new Set();
  const own = new Set(['a']);
  expect(bystandersHit(requests('agent-1 add a', 'agent-1 get b'), own, none)).toEqual([]);
  expect(bystandersHit(requests('agent-1 add b'), own, none)).toEqual(['agent-1: add b']);
  expect(bystandersHit(requests('agent-1 add b'), own, new Set(['agent-1']))).toEqual([]);
  const synced = requests('agent-1 sync', 'agent-1 add b', 'agent-2 add c', 'agent-1 delete b');
  expect(bystandersHit(synced, own, none)).toEqual(['agent-2: add c', 'agent-1: delete b']);
});
