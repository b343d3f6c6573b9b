import type { Result } from '../run/result.ts';

const base = {
  fact: '43',
  profile: 'blueprint',
  durationMs: 12,
  problem: null,
  leftOut: null,
  steps: [],
} as const;

/** One row of each outcome, with characters that no report may trip over. */
export const SAMPLE_RESULTS: readonly Result[] = [
  { ...base, name: 'add-reject/good', title: 'all is well', outcome: 'passed' },
  {
    ...base,
    name: 'add-reject/bad',
    title: 'a <b> & "c" are refused',
    outcome: 'failed',
    durationMs: 1234,
    problem: { message: 'status: expected 400, got 200 <&>\u0000', expected: '400', got: '200' },
    steps: [
      {
        sent: 'POST /port HTTP/1.1\n\n{"a":"<script>"}',
        came: 'HTTP/1.1 200 OK\r\n\r\n{}',
        expected: ['status: 400'],
      },
    ],
  },
  {
    ...base,
    name: 'restart/not-run',
    title: 'it comes back',
    outcome: 'left out',
    durationMs: 0,
    leftOut: { needs: ['restart'], reason: 'needs --restart-command CMD' },
  },
];
