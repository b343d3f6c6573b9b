import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { update } from './add-rule.ts';
import type { PortEntry } from './model.ts';

const known = (type: 0 | 1 | 2, linkState: 0 | 1): PortEntry => ({
  port: samplePort(1, { type }),
  linkState,
  generation: 0,
});

test.each([
  ['a new port of type 2 is disabled', { type: 2 }, undefined, 0],
  ['unless it says otherwise', { type: 2, 'link-state': 1 }, undefined, 1],
  ['a known one stays enabled', { type: 2 }, known(2, 1), 1],
  ['or disabled', { type: 2 }, known(2, 0), 0],
  ['unless it says otherwise now', { type: 2, 'link-state': 0 }, known(2, 1), 0],
  ['one that was of another type begins anew', { type: 2 }, known(0, 1), 0],
  ['other types are always enabled', { type: 0, 'link-state': 0 }, known(2, 0), 1],
] as const)('link state after an add: %s', (_name, changes, before, linkState) => {
  const port = samplePort(1, changes);
  const { 'link-state': _asked, ...saved } = port;
  expect(update(port, before, 3)).toEqual({ entry: { port: saved, linkState, generation: 3 } });
});
