import { expect, test } from 'vitest';
import type { Request } from '../world/agent-admin.ts';
import {
  assertAdded,
  assertDeleted,
  assertNeverAskedFor,
  assertNoSync,
  assertQuiet,
  assertSwept,
  assertSyncFirst,
  assertTyped,
  assertUntouched,
} from './wire.ts';

const A = '0384c4d7-61c7-36ba-838d-285af714820f';
const B = 'ea21d492-381f-36c0-84ba-9cddb2806c71';
const METHODS: Readonly<Record<string, string>> = { add: 'POST', sync: 'POST', delete: 'DELETE', get: 'GET' };

/** `add A` and the like; `sync`; `add A 500`. */
function wire(...lines: readonly string[]): readonly Request[] {
  return lines.map((line, seq) => {
    const [operation = '', name, status = '200'] = line.split(' ');
    const method = METHODS[operation] ?? 'PUT';
    const portIds = name === undefined ? [] : [{ A, B }[name] ?? ''];
    const query = method === 'POST' ? '' : 'type=2';
    const body = method === 'POST' ? { body: '{"type":2}' } : {};
    return { seq, atMs: seq, method, path: '/', query, operation, portIds, status: Number(status), ...body };
  });
}

test('sync first: a sync, and nothing before it', () => {
  expect(() => assertSyncFirst(wire('add A'))).toThrow('expected a sync');
  expect(() => assertSyncFirst(wire('add A', 'sync'))).toThrow('requests before the sync');
  expect(() => assertSyncFirst(wire())).toThrow('expected a sync, got no request');
  assertSyncFirst(wire('sync', 'add A', 'sync'));
});

test('a sync that was not answered with success does not count', () => {
  const [failed] = wire('sync');
  const refused = { ...failed, status: 500 } as Request;
  expect(() => assertSyncFirst([refused, ...wire('add A')])).toThrow('expected a sync');
  assertSyncFirst([refused, ...wire('sync', 'add A')]);
});

test('added: add, then enable, both with success', () => {
  expect(() => assertAdded(wire('add B', 'enable B'), [A])).toThrow(`expected an add of ${A}`);
  expect(() => assertAdded(wire('add A 500', 'enable A'), [A])).toThrow('expected an add');
  expect(() => assertAdded(wire('enable A', 'add A'), [A])).toThrow('expected an enable');
  assertAdded(wire('add A 500', 'add A', 'enable A'), [A]);
});

test('added, where agents know no link states: the add alone', () => {
  expect(() => assertAdded(wire('add B'), [A], { linkStates: false })).toThrow('expected an add');
  assertAdded(wire('add A'), [A], { linkStates: false });
});

test('deleted: with success, unasked, and not added again', () => {
  expect(() => assertDeleted(wire('delete A 500'), [A])).toThrow('expected a delete');
  expect(() => assertDeleted(wire('get A', 'delete A'), [A])).toThrow('the plugin asked for ports');
  expect(() => assertDeleted(wire('delete A', 'add A'), [A])).toThrow('an add of');
  assertDeleted(wire('get B', 'delete A'), [A]);
  // The look after a sync.
  assertDeleted(wire('get B', 'get A', 'delete A'), [A]);
});

test('the rest: no sync, never asked for, swept, quiet, untouched', () => {
  expect(() => assertNoSync(wire('add A', 'sync'))).toThrow('needs no sync');
  expect(() => assertNeverAskedFor(wire('get A'), [A])).toThrow('asked for');
  expect(() => assertSwept(wire('sync', 'delete A'), [A])).toThrow('a delete of');
  expect(() => assertQuiet(wire('get A', 'enable A'))).toThrow('was sent requests');
  expect(() => assertUntouched(wire('enable A'), [A])).toThrow('were touched');
  assertUntouched(wire('enable B'), [A]);
  assertQuiet(wire('get A'));
});

test('typed: in the body of a POST, in every element of an array, in the query of anything else', () => {
  const [add, remove] = wire('add A', 'delete A') as [Request, Request];
  const untyped = [
    { ...add, body: '{"type":1}' },
    { ...add, body: '[{"type":2},{}]' },
    { ...remove, query: '' },
    { ...remove, query: 'type=1' },
  ];
  for (const request of untyped) expect(() => assertTyped([request])).toThrow('without type=2');
  const { body: _none, ...bodiless } = add;
  expect(() => assertTyped([bodiless])).toThrow('without type=2');
  assertTyped([add, { ...add, body: '[{"type":2},{"type":2}]' }, remove]);
});
