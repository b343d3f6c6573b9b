import { isSkipped, type Result } from './result.ts';
import type { Row } from './rows.ts';
import { USUAL } from './selection.ts';

const TITLE_LENGTH_MAX = 48;

/** Rows as text columns, with a head. */
export function rowTable(rows: readonly Row[]): string {
  return columns([['#', 'scenario', 'inventory', 'lifecycle', 'variant'], ...rows.map(cells)]);
}

/** Results as text columns, with a head and a last line that counts. */
export function resultTable(results: readonly Result[]): string {
  const head = ['result', 'seconds', '#', 'scenario', 'inventory', 'lifecycle', 'variant'];
  const lines = results.map((result) => [
    outcome(result),
    (result.durationMs / 1000).toFixed(1),
    ...cells(result),
  ]);
  const count = (name: string): number => results.filter((result) => outcome(result) === name).length;
  const total = `${results.length} runs: ${count('passed')} passed, ${count('FAILED')} failed, ${count('skipped')} skipped`;
  return `${columns([head, ...lines])}\n${total}`;
}

/** One line for one result, as it comes in. */
export function resultLine(result: Result): string {
  const where = [result.inventory, result.lifecycle, variantOf(result)]
    .filter((part) => part !== '')
    .join(', ');
  const time = isSkipped(result) ? '' : ` in ${(result.durationMs / 1000).toFixed(1)} s`;
  return `${outcome(result).padEnd(7)} ${result.scenario} ${result.title} (${where})${time}${pingsOf(result)}`;
}

function pingsOf({ pings }: Result): string {
  if (pings === undefined) return '';
  return `; ${pings.sent} pings, ${pings.answered} answered, ${pings.expected} expected`;
}

function outcome(result: Result): string {
  if (result.passed) return 'passed';
  return isSkipped(result) ? 'skipped' : 'FAILED';
}

function cells(row: Row): readonly string[] {
  const { scenario, title, inventory, lifecycle } = row;
  const short = title.length > TITLE_LENGTH_MAX ? `${title.slice(0, TITLE_LENGTH_MAX - 3)}...` : title;
  return [String(scenario), short, inventory, lifecycle, variantOf(row)];
}

/** The variant, after what else is not as usual. */
function variantOf(row: Row): string {
  const unusual = (['mode', 'profile', 'dataplane'] as const).filter((key) => row[key] !== USUAL[key]);
  return [...unusual.map((key) => row[key]), row.variant].filter((part) => part !== '').join(', ');
}

function columns(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}
