import { expect, test } from 'vitest';
import type { ConfigApiReport } from '../modes/mode.ts';
import type { InventoryReport } from '../pipeline.ts';
import type { Fleet } from '../sync/fleet.ts';
import { readiness } from './readiness.ts';

const INVENTORY: InventoryReport = {
  source: 'file',
  complete: true,
  reason: null,
  counts: { hosts: 1, networks: 1, vms: 1, adapters: 1 },
  problems: [],
};
const NO_AGENTS = { members: [] } as unknown as Fleet;
const CONFIG_API: ConfigApiReport = {
  url: 'http://127.0.0.1:8082',
  complete: true,
  reason: null,
  lastReadAtMs: 1,
  objects: { networks: 1, machines: 1, interfaces: 1, addresses: 1 },
  pending: 1,
  brake: null,
  problems: [],
};

test.each([
  [[], []],
  [[{ subject: 'machine web-1', text: 'no address left' }], ['config API: machine web-1: no address left']],
  [
    [
      { subject: 'machine web-1', text: 'no address left' },
      { subject: 'network blue', text: 'its name is taken' },
    ],
    ['config API: machine web-1: no address left; 1 more at /introspect/config-api'],
  ],
])('what the config API refuses is a warning, with the first of it: %j', (problems, warnings) => {
  expect(readiness(INVENTORY, NO_AGENTS, { ...CONFIG_API, problems })).toEqual({
    ready: true,
    reasons: [],
    warnings,
  });
});
