import { parseArgs } from 'node:util';
import { integer, UsageError } from '../command/usage.ts';

export const ROUNDS_MIN = 5;
const ROUNDS_MAX = 1000;

export interface Command {
  /** Each once, in the order in which they were named; all, when none was. */
  readonly names: readonly string[];
  /** undefined: as many as each benchmark thinks right, at least 5. */
  readonly rounds?: number;
  readonly json?: string;
  readonly list: boolean;
  readonly docs: boolean;
  readonly help: boolean;
}

export const HELP = `npm run bench -- [NAME...] [flags]
  NAME               what to measure; all, when none is named (see --list)
  --rounds N         medians are taken over so many, at least ${ROUNDS_MIN}
  --json FILE        machine, method and figures as JSON
  --docs             also write docs/reference/bench-NAME.md
  --list             only say what there is
  --help
`;

const OPTIONS = {
  rounds: { type: 'string' },
  json: { type: 'string' },
  docs: { type: 'boolean' },
  list: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Reads the command line. Throws `UsageError` for anything but flags and names among `known`. */
export function parseCommand(argv: readonly string[], known: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`expected names out of ${known.join(', ')}; got ${unknown.join(', ')}`);
  }
  const { rounds, json, docs = false, list = false, help = false } = values;
  return {
    names: positionals.length === 0 ? known : [...new Set(positionals)],
    ...(rounds !== undefined && { rounds: integer('--rounds', rounds, ROUNDS_MIN, ROUNDS_MAX) }),
    ...(json !== undefined && { json }),
    docs,
    list,
    help,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}
