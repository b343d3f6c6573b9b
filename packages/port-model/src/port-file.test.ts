import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import ports from '../vectors/ports.json' with { type: 'json' };
import { formatAgentTime, formatPortFile, parsePortFile } from './port-file.ts';
import { Port, PORT_FIELDS } from './port.ts';
import { portInput } from './testing/arbitraries.ts';
import type { LinkState } from './values.ts';

const stamp = { author: 'agent', timeMs: 0 };
const port = portInput.map((input) => {
  const { 'link-state': _own, ...rest } = Port.parse(input);
  return rest;
});

test('what is written is read back: port and link state', () => {
  fc.assert(
    fc.property(port, fc.constantFrom<LinkState[]>(0, 1), (written, linkState) => {
      const read = parsePortFile(formatPortFile(written, linkState, stamp));
      // Only ports of type 2 have a link state to keep; others always forward.
      const kept = written.type === 2 ? linkState : 1;
      expect(read).toEqual({ ok: true, value: { port: written, linkState: kept } });
    }),
  );
});

test('writing what was read changes nothing', () => {
  fc.assert(
    fc.property(port, fc.constantFrom<LinkState[]>(0, 1), (written, linkState) => {
      const text = formatPortFile(written, linkState, stamp);
      const read = parsePortFile(text);
      expect(read.ok && formatPortFile(read.value.port, read.value.linkState, stamp)).toBe(text);
    }),
  );
});

test('no text throws, and bad text is answered in few words', () => {
  const spoilt = fc.tuple(fc.string(), fc.nat(400), fc.nat(20)).map(([text, at, length]) => {
    const file = formatPortFile(Port.parse(ports.base), 1, stamp);
    return file.slice(0, at) + text + file.slice(at + length);
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), spoilt), (text) => {
      const read = parsePortFile(text);
      if (!read.ok) expect(JSON.stringify(read.problems).length).toBeLessThan(4_000);
    }),
    { numRuns: 1_000 },
  );
  const huge = parsePortFile('x'.repeat(5_000_000));
  expect(JSON.stringify(huge).length).toBeLessThan(300);
});

test('a port file has the fields in wire order, then who wrote it and when', () => {
  const text = formatPortFile(Port.parse(ports.base), 0, stamp);
  expect(Object.keys(JSON.parse(text) as object)).toEqual([...PORT_FIELDS, 'author', 'time']);
  expect(text.endsWith('\n}')).toBe(true);
});

test('a port of type 1 has no link state, whatever it was added with', () => {
  const namespace = Port.parse({ ...ports.base, type: 1, 'link-state': 0 });
  expect(JSON.parse(formatPortFile(namespace, 0, stamp))).not.toHaveProperty('link-state');
});

test.each([
  ['', 'an empty file'],
  ['"text"', '"text"'],
  ['{', expect.stringContaining('JSON')],
])('a file with %j is refused', (text, got) => {
  expect(parsePortFile(text)).toMatchObject({ ok: false, problems: [{ field: 'body', got }] });
});

test('a file that is no JSON is told so', () => {
  expect(parsePortFile('')).toMatchObject({ ok: false, problems: [{ expected: 'JSON' }] });
});

test('times are whole and carry over', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 4e12, noNaN: true }), (timeMs) => {
      const text = formatAgentTime(timeMs);
      const [, hours, minutes, seconds, micros = '0'] =
        /^(\d{2,}):([0-5]\d):([0-5]\d)(?:\.(\d{6}))?$/.exec(text) ?? [];
      const readMs =
        (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(micros) / 1000;
      expect(Math.abs(readMs - timeMs)).toBeLessThan(0.002);
    }),
  );
});
