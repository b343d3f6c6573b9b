import type { BenchRow, BenchResult } from '@vrouter/testkit';
import { boundText, isMissed, shown } from './judge.ts';
import { machineText, type Machine } from './machine.ts';

export interface NamedResult extends BenchResult {
  readonly name: string;
  readonly title: string;
}

/** Rows as text columns, each with a verdict. */
export function terminalTable(result: NamedResult): string {
  const head = ['', result.title, 'measured', 'must be'];
  const lines = [head, ...result.rows.map((row) => [verdict(row), ...cells(row)])];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The page of the docs: what was measured, where and how. */
export function markdownPage({ name, title, method, rounds, rows }: NamedResult, machine: Machine): string {
  return [
    `# Benchmark \`${name}\``,
    '',
    `Measured: ${title}. \`npm run bench -- ${name}\` repeats it, and exits 1 when a bound is missed.`,
    '',
    `- Machine: ${machineText(machine)}.`,
    `- Method: ${method} Medians of ${rounds} rounds.`,
    '',
    '| what | measured | must be |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${cells(row).join(' | ')} |`),
    '',
  ].join('\n');
}

/** One line for each bound that was missed. */
export function missedLines({ name, rows }: NamedResult): string[] {
  return rows
    .filter(isMissed)
    .map((row) => `${name}: ${row.name}: must be ${boundText(row)}, got ${shown(row.value)} ${row.unit}`);
}

function verdict(row: BenchRow): string {
  if (row.bound === undefined) return '';
  return isMissed(row) ? 'MISSED' : 'ok';
}

function cells(row: BenchRow): string[] {
  return [row.name, `${shown(row.value)} ${row.unit}`, boundText(row)];
}
