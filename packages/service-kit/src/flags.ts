import { parseArgs } from 'node:util';
import { StartError } from './errors.ts';

/** One flag of a command: `--state-dir DIR`. Its key in the config is the name in camelCase. */
export interface Flag {
  /** Placeholder in the help, such as `DIR`; absent for switches. */
  readonly value?: string;
  readonly help: string;
}

export type Flags = Readonly<Record<string, Flag>>;

export interface CommandLine {
  /** Flag values by camelCase key; only the flags that were given. */
  readonly values: Readonly<Record<string, string | boolean>>;
  readonly positionals: readonly string[];
}

/** Reads `argv` against `flags`. Throws `StartError` BAD_USAGE for an unknown flag or a missing value. */
export function parseCommandLine(flags: Flags, argv: readonly string[]): CommandLine {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      { type: flag.value === undefined ? 'boolean' : 'string' } as const,
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    });
    const entries = Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[camelCase(name), value]],
    );
    return { values: Object.fromEntries(entries) as CommandLine['values'], positionals };
  } catch (error) {
    // The sentences after the first explain `parseArgs`, not our command.
    const [what] = (error as Error).message.split(/\.\s/);
    const known = Object.keys(flags).map((name) => `--${name}`);
    throw new StartError('BAD_USAGE', `${what}. Known flags: ${known.join(', ')}.`);
  }
}

/** The lines of `--help` for `flags`, aligned. */
export function helpLines(flags: Flags): string[] {
  const names = Object.entries(flags).map(
    ([name, flag]) => `  --${name}${flag.value === undefined ? '' : ` ${flag.value}`}`,
  );
  const width = Math.max(...names.map((name) => name.length)) + 2;
  return Object.values(flags).map((flag, index) => `${(names[index] ?? '').padEnd(width)}${flag.help}`);
}

export function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
