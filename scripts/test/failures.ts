import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const FIRST_LINES = 12;

interface VitestReport {
  readonly testResults?: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

interface MatrixRow {
  readonly scenario: number;
  readonly title: string;
  readonly passed: boolean;
  readonly error: string | null;
}

/** Which tests of vitest's JSON report failed, and how their messages begin; files are told from `root` on. */
export function vitestFailures(reportFile: string, root: string): readonly string[] {
  const { testResults = [] } = read<VitestReport>(reportFile, {});
  return testResults.flatMap(({ name, status, message = '', assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((result) => result.status === 'failed');
    // A file that does not load, or whose hooks fail, has no failed test to show for it.
    if (failed.length === 0) return status === 'failed' ? [shown(file, message)] : [];
    return failed.map(({ fullName, failureMessages = [] }) =>
      shown(`${file}: ${fullName}`, failureMessages.join('\n')),
    );
  });
}

/** Which rows of the matrix's JSON failed, and why. */
export function matrixFailures(reportFile: string): readonly string[] {
  return read<readonly MatrixRow[]>(reportFile, [])
    .filter(({ passed, error }) => !passed && error?.startsWith('skipped: ') !== true)
    .map(({ scenario, title, error }) => shown(`${scenario} ${title}`, error ?? ''));
}

function shown(what: string, message: string): string {
  const lines = message.split('\n').slice(0, FIRST_LINES);
  return [what, ...lines.map((line) => `    ${line}`)].join('\n');
}

function read<T>(file: string, missing: T): T {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : missing;
}
