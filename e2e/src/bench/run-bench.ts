import { spawn } from 'node:child_process';
import { BenchResult } from '@vrouter/testkit';

const TIME_MS_MAX = 30 * 60_000;
const OUTPUT_CHARS_MAX = 4 * 1024 * 1024;
const SHOWN_CHARS_MAX = 200;

export interface RunOptions {
  readonly rounds?: number | undefined;
  readonly timeMsMax?: number;
  /** Ends the benchmark. */
  readonly signal?: AbortSignal;
}

/** Runs the program `file` (absolute path) and reads what it measured. Rejects when it fails, prints something else, or takes too long. */
export async function runBench(
  file: string,
  { rounds, timeMsMax = TIME_MS_MAX, signal }: RunOptions = {},
): Promise<BenchResult> {
  const limit = AbortSignal.timeout(timeMsMax);
  const args = [file, ...(rounds === undefined ? [] : ['--rounds', String(rounds)])];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.length > OUTPUT_CHARS_MAX) child.kill();
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<string>();
  child.once('error', reject);
  child.once('close', (code, by) => resolve(by === null ? `exit code ${code}` : by));
  const how = await ended.catch((error: unknown) => {
    throw limit.aborted ? new Error(`it took more than ${timeMsMax} ms`, { cause: error }) : error;
  });
  if (how !== 'exit code 0') throw new Error(`it ended with ${how}`);
  return parse(output);
}

function parse(output: string): BenchResult {
  try {
    return BenchResult.parse(JSON.parse(output));
  } catch (error) {
    const got = output.slice(0, SHOWN_CHARS_MAX);
    throw new Error(
      `expected one result as JSON on standard output, got ${JSON.stringify(got)}: ${String(error)}`,
      {
        cause: error,
      },
    );
  }
}
