import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import ports from '../vectors/ports.json' with { type: 'json' };
import { parsePort, parsePorts, problemText } from './parse.ts';
import { almostPort, portInput } from './testing/arbitraries.ts';
import { NIL_GUID } from './values.ts';

test('no input throws', () => {
  fc.assert(
    fc.property(almostPort, (input) => {
      for (const parsed of [parsePort(input), parsePorts(input), parsePorts([input])]) {
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('no text in the place of an address throws', () => {
  const text = fc.stringMatching(/^[0129afF:.%[\]/ ]{0,24}$/);
  fc.assert(
    fc.property(text, text, (ip, ip6) => {
      const parsed = parsePort({ ...ports.base, 'ip-address': ip, 'ip6-address': ip6 });
      if (parsed.ok) expect(parsePort(parsed.value)).toEqual(parsed);
    }),
    { numRuns: 2_000 },
  );
});

test('every valid port is accepted, and normalising twice is normalising once', () => {
  fc.assert(
    fc.property(portInput, (input) => {
      const once = parsePort(input);
      expect(once.ok).toBe(true);
      if (once.ok) expect(parsePort(once.value)).toEqual(once);
    }),
  );
});

test('input is left as it was', () => {
  fc.assert(
    fc.property(portInput, (input) => {
      const before = structuredClone(input);
      parsePort(Object.freeze(input));
      expect(input).toEqual(before);
    }),
  );
});

test('keys of Object.prototype are unknown fields like others', () => {
  const body = `{"__proto__":{"id":"x","link-state":1},"constructor":1,${JSON.stringify(ports.base).slice(1)}`;
  expect(parsePort(JSON.parse(body))).toEqual({ ok: true, value: ports.base });
  expect(parsePort(JSON.parse('{"__proto__":{"id":"x"}}'))).toMatchObject({
    ok: false,
    problems: expect.arrayContaining([expect.objectContaining({ field: 'id', got: 'nothing' })]),
  });
});

test('problems come in the order of the fields, one per field', () => {
  const parsed = parsePort({ 'tx-vlan-id': 'x', id: 'x', type: 0, 'vn-id': NIL_GUID });
  const fields = parsed.ok ? [] : parsed.problems.map(({ field }) => field);
  expect(fields).toEqual([
    'id',
    'instance-id',
    'vn-id',
    'vm-project-id',
    'display-name',
    'ip-address',
    'ip6-address',
    'mac-address',
    'system-name',
    'rx-vlan-id',
    'tx-vlan-id',
  ]);
});

test('a field with two mistakes is one problem', () => {
  const parsed = parsePort({ ...ports.base, 'rx-vlan-id': -1e30 });
  expect(parsed.ok ? [] : parsed.problems.map(({ field }) => field)).toEqual(['rx-vlan-id']);
});

test.each([
  [null, 'null'],
  [[], 'an array'],
  [{}, 'an object'],
  [7, '7'],
  [true, 'true'],
  ['x'.repeat(80), `"${'x'.repeat(80)}"`],
  ['x'.repeat(81), `"${'x'.repeat(80)}"...`],
])('%j as an id is told as %s', (id, got) => {
  expect(parsePort({ ...ports.base, id })).toMatchObject({ ok: false, problems: [{ field: 'id', got }] });
});

test('what JSON has not is told, too', () => {
  for (const [id, got] of [
    [undefined, 'nothing'],
    [1n, 'a bigint'],
    [Symbol('id'), 'a symbol'],
    [() => 1, 'a function'],
  ])
    expect(parsePort({ ...ports.base, id })).toMatchObject({ problems: [{ field: 'id', got }] });
});

test('one port is an array of one', () => {
  expect(parsePorts(ports.base)).toEqual({ ok: true, value: [ports.base] });
});

test('a huge value is not sent back', () => {
  const parsed = parsePort({ ...ports.base, id: '\u0000'.repeat(1_000_000) });
  expect(JSON.stringify(parsed).length).toBeLessThan(1_500);
});

test('an array of nothing but mistakes is not answered in full', () => {
  const parsed = parsePorts(Array.from({ length: 100_000 }, () => ({})));
  expect(parsed.ok ? 0 : parsed.problems.length).toBe(100);
});

test('one bad element refuses the array, naming its place', () => {
  const parsed = parsePorts([ports.base, { ...ports.base, 'mac-address': 'x' }]);
  expect(parsed).toMatchObject({ ok: false, problems: [{ index: 1, field: 'mac-address' }] });
});

test('a problem reads as one line', () => {
  expect(problemText({ field: 'id', expected: 'a guid', got: 'nothing' })).toBe(
    'id: expected a guid, got nothing',
  );
  expect(problemText({ index: 3, field: 'id', expected: 'a guid', got: '"x"' })).toBe(
    'element 3: id: expected a guid, got "x"',
  );
});
