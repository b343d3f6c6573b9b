import { expect, test } from 'vitest';
import { select } from '../matrix/selection.ts';
import { allRows } from '../matrix/rows.ts';
import { runRow } from '../matrix/run-row.ts';

/** Enough for a few starts of processes on a busy machine. */
const ROW_TEST = { timeout: 270_000 };

test.for(['vcenter-only', 'vcenter-as-compute'])(
  'mode %s: the scenarios are the same rows as in mode standalone',
  (mode) => {
    const named = (of: string): readonly string[] =>
      select(allRows(), { mode: of }).map(({ mode: _mode, ...row }) => JSON.stringify(row));
    expect(named(mode)).toEqual(named('standalone'));
    expect(named(mode).length).toBeGreaterThan(0);
  },
);

test.for([
  ['vcenter-only', 'a VM that vanished while the plugin was down, and with it its memory'],
  ['vcenter-as-compute', 'a VM that vanished while the plugin was down'],
] as const)('mode %s: %s', ROW_TEST, async ([mode]) => {
  const variant = mode === 'vcenter-only' ? 'crash, state lost' : 'crash';
  const [row] = select(allRows(), { mode, only: [11], inventory: 'file', lifecycle: 'link', variant });
  if (row === undefined) throw new Error('there is no such row');
  expect(await runRow(row)).toMatchObject({ passed: true, error: null });
});
