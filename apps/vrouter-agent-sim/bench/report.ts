import { cpus, loadavg, totalmem } from 'node:os';
import type { BenchRow } from './row.ts';

/** The page of the docs: what was measured, where and how. */
export function markdownOf(rows: readonly BenchRow[]): string {
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  const lines = rows.map(
    ({ name, value, unit, bound }) => `| ${name} | ${shown(value)} ${unit} | ${boundText(bound)} |`,
  );
  return [
    '# Speed of the reference agent',
    '',
    `Medians of all rounds of one run, on ${machine}; load average ${loadavg()[0]?.toFixed(1)} at its end, of which the`,
    'benchmark itself is about 2: with more, others were using the machine too, and only the ratios mean something.',
    'Server and sender are processes of their own on the same machine; 64 connections, each waits for its answer.',
    'The server with the store switched off is the same one, its table in memory only. `node apps/vrouter-agent-sim/bench/agent.ts` repeats it.',
    '',
    '| what | measured | must be |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

function boundText(bound: BenchRow['bound']): string {
  if (bound === undefined) return '';
  return 'atLeast' in bound ? `at least ${bound.atLeast}` : `at most ${shown(bound.atMost)}`;
}

function shown(value: number): string {
  return value < 100 ? value.toFixed(2) : String(Math.round(value));
}
