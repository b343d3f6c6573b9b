import { flagValues, integer, UsageError } from '../command/usage.ts';

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
  const {
    rounds = String(ROUNDS_DEFAULT),
    seed,
    lifecycle = 'power',
    json,
    help = false,
  } = flagValues(argv, OPTIONS);
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
