/** One change of the code, and what became of it. */
export interface Mutant {
  /** From the root of the project. */
  readonly file: string;
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
  readonly fate: 'killed' | 'survived';
}

/** A mutant that no test can or should kill. Told by its text, because lines move. */
export interface Explained {
  readonly file: string;
  readonly original: string;
  readonly replacement: string;
  readonly reason: string;
}

export interface Score {
  readonly killed: number;
  readonly survivors: readonly Mutant[];
  /** Survivors with a reason: they count neither way. */
  readonly explained: readonly (readonly [Mutant, Explained])[];
}

/** Least share of the mutants, in percent, that the tests of a target kill. */
export const SCORE_PERCENT_MIN = 90;

/** The same of each file: a target's score shall not hide one that nobody tests. */
export const FILE_PERCENT_MIN = 80;

export function scoreOf(mutants: readonly Mutant[], reasons: readonly Explained[]): Score {
  const survivors: Mutant[] = [];
  const explained: [Mutant, Explained][] = [];
  for (const mutant of mutants) {
    if (mutant.fate === 'killed') continue;
    const reason = reasons.find((one) => isOf(one, mutant));
    if (reason === undefined) survivors.push(mutant);
    else explained.push([mutant, reason]);
  }
  return { killed: mutants.length - survivors.length - explained.length, survivors, explained };
}

/** Reasons for mutants of `files` that are no survivors (any more): each one hides a later one that should be killed. */
export function staleReasons(mutants: readonly Mutant[], reasons: readonly Explained[]): Explained[] {
  const files = new Set(mutants.map(({ file }) => file));
  return reasons.filter(
    (one) =>
      files.has(one.file) && !mutants.some((mutant) => mutant.fate === 'survived' && isOf(one, mutant)),
  );
}

/** Rounded down: 90 means 90. 100 where there is nothing to kill. */
export function percentOf({ killed, survivors }: Pick<Score, 'killed' | 'survivors'>): number {
  const count = killed + survivors.length;
  return count === 0 ? 100 : Math.floor((1000 * killed) / count) / 10;
}

/** Files with less than the least share, each with its percent. */
export function weakFiles(mutants: readonly Mutant[], reasons: readonly Explained[]): [string, number][] {
  return [...new Set(mutants.map(({ file }) => file))]
    .map((file): [string, number] => {
      const own = mutants.filter((mutant) => mutant.file === file);
      return [file, percentOf(scoreOf(own, reasons))];
    })
    .filter(([, percent]) => percent < FILE_PERCENT_MIN);
}

export function mutantLine({ file, line, original, replacement }: Mutant): string {
  return `${file}:${line}: ${oneLine(original)} -> ${oneLine(replacement)}`;
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function isOf(reason: Explained, mutant: Mutant): boolean {
  return (
    reason.file === mutant.file &&
    reason.original === oneLine(mutant.original) &&
    reason.replacement === oneLine(mutant.replacement)
  );
}
