import { availableParallelism } from 'node:os';
import { helpLines, parseCommandLine, StartError, type Flags } from '@vrouter/service-kit';
import type { Cut } from '../plan/shrink.ts';
import { NO_NETWORK_FAULTS, type NetworkFaults } from '../world/link.ts';

const FLAGS = {
  seed: { value: 'S', help: 'the first seed (a random one); alone it means one run' },
  runs: { value: 'N', help: 'that many seeds, one after another (200)' },
  minutes: { value: 'M', help: 'instead of a number of runs: as many as fit' },
  workers: { value: 'N', help: 'threads (one per core)' },
  keep: { value: 'LIST', help: 'of one seed only these steps, such as 0,4,5: what a failure prints' },
  without: { value: 'LIST', help: 'of one seed without these network faults, such as late,slow' },
  trace: { help: 'of one seed: print all that happens' },
  help: { help: 'print this' },
} as const satisfies Flags;

export const HELP = ['Usage: npm run simulate -- [flags]', ...helpLines(FLAGS)].join('\n');

const RUNS = 200;
const SEED_MAX = 2 ** 32;

export interface Command {
  readonly help: boolean;
  readonly seed: number;
  /** Infinity: until the time is over. */
  readonly runs: number;
  readonly timeMs: number;
  readonly workers: number;
  /** Of one run only a part. */
  readonly cut: Cut | undefined;
  readonly trace: boolean;
}

/** Throws `StartError` BAD_USAGE. */
export function parseCommand(argv: readonly string[], randomSeed: () => number): Command {
  const { values, positionals } = parseCommandLine(FLAGS, argv);
  if (positionals.length > 0) throw usage(`there are only flags; got ${JSON.stringify(positionals[0])}`);
  const { seed, runs, minutes, workers, keep, without, trace, help } = values;
  const one = seed !== undefined && runs === undefined && minutes === undefined;
  const isCut = keep !== undefined || without !== undefined;
  if (isCut && !one) throw usage('--keep and --without are about one seed: give --seed alone');
  return {
    help: help === true,
    seed: seed === undefined ? randomSeed() : number('seed', seed, 0, SEED_MAX),
    runs: minutes !== undefined ? Infinity : one ? 1 : number('runs', runs ?? `${RUNS}`, 1, SEED_MAX),
    timeMs: minutes === undefined ? Infinity : 60_000 * number('minutes', minutes, 0.01, 24 * 60),
    workers: number('workers', workers ?? `${availableParallelism()}`, 1, 64),
    cut: isCut ? { keep: list(keep).map(Number), without: list(without).map(fate) } : undefined,
    trace: trace === true,
  };
}

/** What repeats one run, or a part of it. */
export function repeatCommand(seed: number, cut?: Cut): string {
  const parts = [`npm run simulate -- --seed ${seed}`];
  if (cut !== undefined) parts.push(`--keep ${cut.keep.join(',')}`);
  if (cut !== undefined && cut.without.length > 0) parts.push(`--without ${cut.without.join(',')}`);
  return parts.join(' ');
}

function number(name: string, text: string | boolean, min: number, max: number): number {
  const value = Number(text);
  if (!(value >= min && value <= max))
    throw usage(`--${name}: expected ${min} to ${max}, got ${JSON.stringify(text)}`);
  return value;
}

function list(text: string | boolean | undefined): string[] {
  return typeof text === 'string' && text !== '' ? text.split(',') : [];
}

function fate(name: string): keyof NetworkFaults {
  if (name in NO_NETWORK_FAULTS) return name as keyof NetworkFaults;
  throw usage(`--without: expected some of ${Object.keys(NO_NETWORK_FAULTS).join(', ')}, got ${name}`);
}

function usage(what: string): StartError {
  return new StartError('BAD_USAGE', `simulate: ${what}.`);
}
