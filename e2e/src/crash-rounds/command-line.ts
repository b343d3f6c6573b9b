import { parseArgs } from 'node:util';

const ROUNDS_DEFAULT = 200;
const ROUNDS_MAX = 100_000;
const LIFECYCLES = ['power', 'link'] as const;

export interface Command {
  readonly rounds: number;
  readonly seed: number;
  readonly lifecycle: (typeof LIFECYCLES)[number];
  readonly json?: string;
  readonly help: boolean;
}

/** What was typed makes no sense; the message says what is expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `npm run crash-rounds -- [flags]
  --rounds N         how often a process is killed (default ${ROUNDS_DEFAULT})
  --seed S           what decides load, victims and moments (default: random, printed)
  --lifecycle NAME   ${LIFECYCLES.join(', ')} (default: power)
  --json FILE        the result as JSON
  --help
`;

const OPTIONS = {
  rounds: { type: 'string' },
  seed: { type: 'string' },
  lifecycle: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Reads the command line. Throws `UsageError` for anything unknown. */
export function parseCommand(argv: readonly string[], randomSeed: () => number): Command {
  const { rounds = String(ROUNDS_DEFAULT), seed, lifecycle = 'power', json, help = false } = parse(argv);
  const known = LIFECYCLES.find((name) => name === lifecycle);
  if (known === undefined) {
    throw new UsageError(`--lifecycle: expected one of ${LIFECYCLES.join(' | ')}, got ${lifecycle}`);
  }
  return {
    rounds: integer('--rounds', rounds, 1, ROUNDS_MAX),
    seed: seed === undefined ? randomSeed() : integer('--seed', seed, 0, 2 ** 32 - 1),
    lifecycle: known,
    ...(json !== undefined && { json }),
    help,
  };
}

/** The command that decides everything the same way again; the machine's timing stays its own. */
export function repeatCommand({ rounds, seed, lifecycle }: Command): string {
  return `npm run crash-rounds -- --rounds ${rounds} --seed ${seed} --lifecycle ${lifecycle}`;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: false, strict: true }).values;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function integer(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${flag}: expected a whole number from ${min} to ${max}, got ${JSON.stringify(text)}`);
}
