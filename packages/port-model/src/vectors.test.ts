import { expect, test } from 'vitest';
import ids from '../vectors/ids.json' with { type: 'json' };
import files from '../vectors/port-files.json' with { type: 'json' };
import ports from '../vectors/ports.json' with { type: 'json' };
import times from '../vectors/times.json' with { type: 'json' };
import { parsePort, parsePorts, type Problem } from './parse.ts';
import { formatAgentTime, formatPortFile, parsePortFile } from './port-file.ts';
import { Port } from './port.ts';
import { LinkState, parseGuid, parseMac } from './values.ts';
import { requestOf } from './testing/vectors.ts';

test.each(ports.accepted)('accepted: $name', (vector) => {
  expect(parsePort(requestOf(ports.base, vector))).toEqual({
    ok: true,
    value: { ...ports.base, ...vector.result },
  });
});

test.each(ports.refused)('refused: $name', (vector) => {
  expect(parsePort(requestOf(ports.base, vector))).toEqual({ ok: false, problems: vector.problems });
});

test.each(ports.bodies)('body: $name', ({ body, ...result }) => {
  const expected =
    'ports' in result ? { ok: true, value: result.ports } : { ok: false, problems: result.problems };
  expect(parsePorts(body)).toEqual(expected);
});

test.each(files.formatted)('port file written: $name', ({ port, linkState, author, timeMs, text }) => {
  expect(formatPortFile(Port.parse(port), LinkState.parse(linkState), { author, timeMs })).toBe(text);
});

test.each(files.read)('port file read: $name', ({ name: _name, text, ...result }) => {
  const parsed = parsePortFile(text);
  if ('problems' in result) {
    expect(parsed.ok ? [] : parsed.problems.map(place)).toEqual(result.problems?.map(place));
  } else {
    expect(parsed).toEqual({ ok: true, value: result });
  }
});

test.each(times.times)('time $text', ({ timeMs, text }) => {
  expect(formatAgentTime(timeMs)).toBe(text);
});

test.each(ids.guids)('guid $input', ({ input, result }) => {
  expect(parseGuid(input) ?? null).toBe(result);
});

test.each(ids.macs)('MAC $input', ({ input, result }) => {
  expect(parseMac(input) ?? null).toBe(result);
});

/** What of a problem is the same in every implementation. */
function place({ field, index }: Partial<Problem>): Partial<Problem> {
  return { ...(field !== undefined && { field }), ...(index !== undefined && { index }) };
}
