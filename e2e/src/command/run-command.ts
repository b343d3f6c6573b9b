import { UsageError } from './usage.ts';

const EXIT_USAGE = 2;

interface Command<T> {
  readonly name: string;
  readonly help: string;
  /** Reads the command line. Throws `UsageError`. */
  readonly parse: () => T;
  /** Returns the exit code. Throws `UsageError`. */
  readonly run: (values: T) => Promise<number>;
}

/** Runs a command as this process: prints help when asked, and exits 2 with it when what was typed makes no sense. */
export async function runCommand<T extends { readonly help?: boolean | undefined }>({
  name,
  help,
  parse,
  run,
}: Command<T>): Promise<void> {
  try {
    const values = parse();
    if (values.help === true) say(help);
    else process.exitCode = await run(values);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n\n${help}`);
    process.exitCode = EXIT_USAGE;
  }
}

/** A line on standard output. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
