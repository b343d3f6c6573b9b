import { flagValues, integer, UsageError } from '../command/usage.ts';
import { INVENTORIES, MODES, PROFILES, type GivenSetting } from './plan/setting.ts';

const ROUNDS_DEFAULT = 4;
const ROUNDS_MAX = 100_000;
const SEED_MAX = 2 ** 32 - 1;
const MINUTES_MAX = 7 * 24 * 60;

export interface Command {
  readonly seed: number;
  /** Infinity: until the time is over. */
  readonly rounds: number;
  readonly timeMs: number;
  readonly given: GivenSetting;
  readonly json?: string;
  readonly requireAll: boolean;
  readonly help: boolean;
}

export const HELP = `npm run campaign -- [flags]
  --minutes M        as many rounds as begin within M minutes
  --rounds N         instead: so many rounds (default ${ROUNDS_DEFAULT})
  --seed S           of the first round; each further one has the next (default: random, printed)
  --mode NAME        ${MODES.join(', ')} (default: in turn)
  --inventory KIND   ${INVENTORIES.join(', ')} (default: in turn)
  --profile NAME     ${PROFILES.join(', ')} (default: in turn)
  --json FILE        the result as JSON
  --require-all      what cannot be done on this machine is a failure (also VROUTER_REQUIRE_ALL=1)
  --help
`;

const OPTIONS = {
  minutes: { type: 'string' },
  rounds: { type: 'string' },
  seed: { type: 'string' },
  mode: { type: 'string' },
  inventory: { type: 'string' },
  profile: { type: 'string' },
  json: { type: 'string' },
  'require-all': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Reads the command line. Throws `UsageError` for anything unknown. */
export function parseCommand(argv: readonly string[], randomSeed: () => number): Command {
  const values = flagValues(argv, OPTIONS);
  const { minutes, rounds, seed, mode, inventory, profile, json, help = false } = values;
  if (minutes !== undefined && rounds !== undefined)
    throw new UsageError('expected --minutes or --rounds, got both');
  return {
    seed: seed === undefined ? randomSeed() : integer('--seed', seed, 0, SEED_MAX),
    rounds:
      minutes === undefined ? integer('--rounds', rounds ?? `${ROUNDS_DEFAULT}`, 1, ROUNDS_MAX) : Infinity,
    timeMs: minutes === undefined ? Infinity : 60_000 * amount('--minutes', minutes, MINUTES_MAX),
    given: {
      ...(mode !== undefined && { mode: oneOf('--mode', MODES, mode) }),
      ...(inventory !== undefined && { inventory: oneOf('--inventory', INVENTORIES, inventory) }),
      ...(profile !== undefined && { profile: oneOf('--profile', PROFILES, profile) }),
    },
    ...(json !== undefined && { json }),
    requireAll: values['require-all'] === true || process.env['VROUTER_REQUIRE_ALL'] === '1',
    help,
  };
}

/** The command that plays one round again; the machine's timing stays its own. */
export function repeatCommand(seed: number, given: GivenSetting): string {
  const flags = Object.entries(given).map(([name, value]) => ` --${name} ${value}`);
  return `npm run campaign -- --seed ${seed} --rounds 1${flags.join('')}`;
}

function oneOf<T extends string>(flag: string, known: readonly T[], value: string): T {
  const found = known.find((name) => name === value);
  if (found !== undefined) return found;
  throw new UsageError(`${flag}: expected one of ${known.join(' | ')}, got ${value}`);
}

function amount(flag: string, text: string, max: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= max) return value;
  throw new UsageError(`${flag}: expected more than 0 and at most ${max}, got ${JSON.stringify(text)}`);
}
