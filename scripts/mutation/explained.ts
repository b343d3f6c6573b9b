import type { Explained } from './score.ts';

const MODEL = 'packages/port-model/src';
const PORTS = 'apps/vrouter-agent-sim/src/ports';
const SYNC = 'apps/vcenter-plugin/src/sync';

const SWEEP_ONLY = 'Only a sweep has no request: the condition is there for the compiler.';
const SWEEP_OUTCOME = 'The outcome of a sweep is not looked at: its answer is made where it ends.';
const BEGUN = 'A sweep that failed had begun: the condition is there for the compiler.';
const MEMORY_ONLY = 'Equal strings are equal, shared or not: it saves memory, and nothing else.';

const NO_ERROR = 'After the last case the function returns the same: nothing.';

/** Mutants that stay alive, each with the reason: all that is left out of the score. */
export const EXPLAINED: readonly Explained[] = [
  ...inFile(`${MODEL}/parse.ts`, [
    ['plain !== undefined', 'false', 'The schema makes the same of it, in five times the time.'],
    [
      'problems.length >= PROBLEMS_MAX',
      'problems.length > PROBLEMS_MAX',
      'What is too much is cut off below.',
    ],
  ]),
  ...inFile(`${MODEL}/port-file.ts`, [
    ["field === 'rx-vlan-id' || field === 'tx-vlan-id'", 'true', 'No other field can be -1.'],
  ]),
  ...inFile(`${SYNC}/outcome.ts`, [
    ["''", '"Stryker was here!"', 'Where there is no error, nobody reads its text.'],
    ["'done'", '""', NO_ERROR],
    ["'found'", '""', NO_ERROR],
  ]),
  ...inFile(`${PORTS}/batch.ts`, [
    ["queued.kind === 'sweep'", 'true', SWEEP_ONLY],
    ['{ ok: true }', '{}', SWEEP_OUTCOME],
    ['true', 'false', SWEEP_OUTCOME],
    ['generation === undefined', 'false', BEGUN],
  ]),
  ...inFile(`${PORTS}/draft.ts`, [
    ['rule === undefined', 'false', 'A rule that is undefined is as good as none.'],
  ]),
  ...inFile(`${PORTS}/intern.ts`, [
    ['found !== undefined', 'false', MEMORY_ONLY],
    ['known.size >= STRINGS_MAX', 'true', MEMORY_ONLY],
    ['known.size >= STRINGS_MAX', 'false', MEMORY_ONLY],
    ['known.size >= STRINGS_MAX', 'known.size > STRINGS_MAX', MEMORY_ONLY],
    ['known.size >= STRINGS_MAX', 'known.size < STRINGS_MAX', MEMORY_ONLY],
    ['known.clear();', ';', MEMORY_ONLY],
    ['known.set(text, text);', ';', MEMORY_ONLY],
  ]),
  ...inFile(`${PORTS}/lean-port.ts`, [
    ["port['ip6-address'] === NO_IPV6", 'false', MEMORY_ONLY],
    ["'ip6-address'", '""', MEMORY_ONLY],
    ["port['system-name'] === id", 'false', MEMORY_ONLY],
    ["'system-name'", '""', MEMORY_ONLY],
  ]),
  ...inFile(`${PORTS}/table.ts`, [
    ["'command'", '""', 'All that is not a sweep is a command; the compiler refuses anything else.'],
    ['deadline.atMs < atMs', 'deadline.atMs <= atMs', 'Of two that are equal either will do.'],
  ]),
];

function inFile(
  file: string,
  mutants: readonly (readonly [original: string, replacement: string, reason: string])[],
): Explained[] {
  return mutants.map(([original, replacement, reason]) => ({ file, original, replacement, reason }));
}
