import { flagValues, integer, UsageError } from '../command/usage.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { allRows, DATAPLANES, INVENTORIES, LIFECYCLES, MODES, PROFILES } from './rows.ts';
import type { Selection, Shard } from './selection.ts';

const JOBS_DEFAULT = 2;
const JOBS_MAX = 16;

export interface Command {
  readonly selection: Selection;
  readonly list: boolean;
  /** Where the JSON goes; '-' is standard output. */
  readonly json?: string;
  readonly junit?: string;
  readonly jobs: number;
  /** A row that cannot run here is a failure. */
  readonly requireAll: boolean;
  readonly help: boolean;
}

export const HELP = `npm run scenarios -- [flags]
  --only N[,N...]        scenarios 1 to 15
  --inventory KIND       ${INVENTORIES.join(', ')}
  --lifecycle NAME       ${LIFECYCLES.join(', ')}
  --mode NAME            ${MODES.join(', ')} (default ${MODES[0]})
  --profile NAME         ${PROFILES.join(', ')} (default ${PROFILES[0]})
  --dataplane NAME       ${DATAPLANES.join(', ')} (default ${DATAPLANES[0]})
  --variant NAME         such as crash, or "stop, agents first"
  --first-variant        of each scenario the first variant only
  --shard I/N            the I-th of N parts
  --jobs N               rows at a time (default ${JOBS_DEFAULT})
  --json FILE            results as a JSON array
  --junit FILE           results as JUnit XML
  --list [--json]        only say what would run, as a table or as JSON
  --require-all          a row that cannot run here is a failure (also VROUTER_REQUIRE_ALL=1)
  --help
`;

const OPTIONS = {
  only: { type: 'string' },
  inventory: { type: 'string' },
  lifecycle: { type: 'string' },
  mode: { type: 'string' },
  profile: { type: 'string' },
  dataplane: { type: 'string' },
  variant: { type: 'string' },
  'first-variant': { type: 'boolean' },
  shard: { type: 'string' },
  jobs: { type: 'string' },
  json: { type: 'string' },
  junit: { type: 'string' },
  list: { type: 'boolean' },
  'require-all': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Reads the command line. Throws `UsageError` for anything unknown. */
export function parseCommand(argv: readonly string[], env: Readonly<NodeJS.ProcessEnv>): Command {
  const values = parse(argv);
  const { only, json, junit, shard } = values;
  if (json === '-' && values.list !== true) throw new UsageError('--json: expected a file name');
  return {
    selection: {
      ...(only !== undefined && { only: only.split(',').map(scenarioNumber) }),
      ...choice('inventory', values.inventory, INVENTORIES),
      ...choice('lifecycle', values.lifecycle, LIFECYCLES),
      ...choice('mode', values.mode, MODES),
      ...choice('profile', values.profile, PROFILES),
      ...choice('dataplane', values.dataplane, DATAPLANES),
      ...choice('variant', values.variant, [...new Set(allRows().map(({ variant }) => variant))]),
      ...(values['first-variant'] === true && { firstVariant: true }),
      ...(shard !== undefined && { shard: parseShard(shard) }),
    },
    list: values.list ?? false,
    ...(json !== undefined && { json }),
    ...(junit !== undefined && { junit }),
    jobs: integer('--jobs', values.jobs ?? String(JOBS_DEFAULT), 1, JOBS_MAX),
    requireAll: values['require-all'] ?? env['VROUTER_REQUIRE_ALL'] === '1',
    help: values.help ?? false,
  };
}

type ChoiceKey = 'inventory' | 'lifecycle' | 'mode' | 'profile' | 'dataplane' | 'variant';

function parse(argv: readonly string[]) {
  // `--json` without a file is standard output: give it the value that the parser asks for.
  const args = argv.map((arg, index) =>
    arg === '--json' && (argv[index + 1] ?? '--').startsWith('--') ? '--json=-' : arg,
  );
  return flagValues(args, OPTIONS);
}

function choice(key: ChoiceKey, given: string | undefined, known: readonly string[]): Selection {
  if (given === undefined) return {};
  if (known.includes(given)) return { [key]: given };
  throw new UsageError(`--${key}: expected one of ${known.filter(Boolean).join(' | ')}, got ${given}`);
}

function scenarioNumber(text: string): number {
  return integer('--only', text, 1, SCENARIOS.length);
}

function parseShard(text: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= 1 && shard.index <= shard.count) return shard;
  throw new UsageError(`--shard: expected I/N with 1 <= I <= N, got ${text}`);
}
