import { flagValues, integer, UsageError } from '../command/usage.ts';

const PROFILES = ['blueprint', 'r3.1', 'r4.1', 'tf'] as const;
const MINUTES_DEFAULT = 10;
const MINUTES_MAX = 24 * 60;
const ATTACKS_MAX = 2 ** 31 - 1;

export interface Command {
  /** When it ends: after so many minutes, or after so many attacks. */
  readonly until: { readonly minutes: number } | { readonly attacks: number };
  readonly seed: number;
  readonly profile: (typeof PROFILES)[number];
  readonly help: boolean;
}

export const HELP = `npm run fuzz -- [flags]
  --minutes M        how long to go on (default ${MINUTES_DEFAULT})
  --attacks N        stop after so many attacks instead
  --seed S           what decides every attack (default: random, printed)
  --profile NAME     ${PROFILES.join(', ')} (default: blueprint)
  --help
`;

const OPTIONS = {
  minutes: { type: 'string' },
  attacks: { type: 'string' },
  seed: { type: 'string' },
  profile: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Reads the command line. Throws `UsageError` for anything unknown. */
export function parseCommand(argv: readonly string[], randomSeed: () => number): Command {
  const values = flagValues(argv, OPTIONS);
  const { minutes, attacks, seed, profile = 'blueprint', help = false } = values;
  const known = PROFILES.find((name) => name === profile);
  if (known === undefined) {
    throw new UsageError(`--profile: expected one of ${PROFILES.join(', ')}, got ${profile}`);
  }
  if (minutes !== undefined && attacks !== undefined) {
    throw new UsageError('--minutes and --attacks both say when to stop: expected one of them');
  }
  return {
    until:
      attacks === undefined
        ? { minutes: integer('--minutes', minutes ?? String(MINUTES_DEFAULT), 1, MINUTES_MAX) }
        : { attacks: integer('--attacks', attacks, 1, ATTACKS_MAX) },
    seed: seed === undefined ? randomSeed() : integer('--seed', seed, 0, 2 ** 31 - 1),
    profile: known,
    help,
  };
}

/** The command that sends the first `attacks` once more; which of them meet is up to the machine. */
export function repeatCommand({ seed, profile }: Pick<Command, 'seed' | 'profile'>, attacks: number): string {
  return `npm run fuzz -- --seed ${seed} --profile ${profile} --attacks ${attacks}`;
}
