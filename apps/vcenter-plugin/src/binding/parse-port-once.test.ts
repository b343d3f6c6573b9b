import { parsePort, type PortInput } from '@vrouter/port-model';
import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { parsePortOnce } from './parse-port-once.ts';

const input: PortInput = samplePort(1);

test.each<[string, PortInput]>([
  ['a value', { ...input, 'ip-address': '10.9.9.9' }],
  ['a value that is wrong', { ...input, 'ip-address': '10.9' }],
  ['a field more', { ...input, 'link-state': 1 }],
])('%s makes another port', (_what, changed) => {
  parsePortOnce(input);
  expect(parsePortOnce(changed)).toEqual(parsePort(changed));
  expect(parsePortOnce(input)).toEqual(parsePort(input));
});

test('the same values are the same port', () => {
  expect(parsePortOnce({ ...input })).toBe(parsePortOnce({ ...input }));
});
