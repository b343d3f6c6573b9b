import { skippedResult, type Result } from './result.ts';
import type { Row } from './rows.ts';

const row: Row = {
  scenario: 6,
  title: 'Vrouter stop (or crash) add one port, vrouter start',
  inventory: 'file',
  lifecycle: 'power',
  mode: 'standalone',
  profile: 'blueprint',
  dataplane: 'none',
  variant: 'crash',
};

/** One result of each kind, for the tests of reports. */
export const PASSED: Result = { ...row, passed: true, durationMs: 1234, error: null };
export const FAILED: Result = {
  ...row,
  passed: false,
  durationMs: 20,
  error: 'expected <port> & "name"\n\u001B[31m+ red\u001B[0m \u{1F600}',
};
export const SKIPPED: Result = skippedResult(
  { ...row, inventory: 'vsphere' },
  'no simulator; to get it: a package',
);
