import { expect, test } from 'vitest';
import { markdownPage, missedLines, terminalTable, type NamedResult } from './report.ts';

const RESULT: NamedResult = {
  name: 'agent',
  title: 'the agent',
  method: 'Side by side.',
  rounds: 5,
  rows: [
    { name: 'adds', value: 4701.4, unit: 'ports/s' },
    { name: 'journal : file', value: 2.5, unit: 'x', bound: { atLeast: 3 } },
    { name: 'ready', value: 1400, unit: 'ms', bound: { atMost: 3000 } },
  ],
};

test('the table tells what was reached and what was missed', () => {
  expect(terminalTable(RESULT).split('\n')).toEqual([
    '        the agent       measured      must be',
    '        adds            4701 ports/s',
    'MISSED  journal : file  2.5 x         at least 3',
    'ok      ready           1400 ms       at most 3000',
  ]);
  expect(missedLines(RESULT)).toEqual(['agent: journal : file: must be at least 3, got 2.5 x']);
});

test('the page of the docs names machine, method and command', () => {
  const machine = { cpu: 'Abacus', cores: 2, memoryGiB: 4, os: 'Linux 6', node: '24.0.0', loadBefore: 0.5 };
  const page = markdownPage(RESULT, machine);
  expect(page).toContain('2 x Abacus, 4 GiB, Linux 6, Node 24.0.0, load 0.5 before the start.');
  expect(page).toContain('Side by side. Medians of 5 rounds.');
  expect(page).toContain('`npm run bench -- agent`');
  expect(page).toContain('| journal : file | 2.5 x | at least 3 |');
});
