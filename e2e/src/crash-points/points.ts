/** Requests that change nothing, and that waiting for something repeats. */
const READ = /^(?:before|after) (?:resolve|read|list) /u;
/** In one story. */
const POINTS_MAX = 150;
const READS_MAX = 2;

/** The failpoints that a plugin passed, in their order; from its log in mode trace. */
export function passedPoints(log: string): readonly string[] {
  return log.split('\n').flatMap((line): string[] => {
    if (!line.includes('"passed a failpoint"')) return [];
    return [(JSON.parse(line) as { failpoint: string }).failpoint];
  });
}

/** Those of `requests` that are not among the points, before and after. */
export function missedRequests(points: readonly string[], requests: readonly string[]): readonly string[] {
  const passed = new Set(points);
  return requests.filter((each) => !passed.has(`before ${each}#1`) || !passed.has(`after ${each}#1`));
}

/** Which time the process passes there. */
export function passingOf(point: string): number {
  return Number(point.slice(point.lastIndexOf('#') + 1));
}

/** Which points are tried. */
export interface Choice {
  /** Those whose name contains it. */
  readonly only: string;
  /** Only the first passing of each place. */
  readonly first: boolean;
}

/** The points of a choice. Of too many, later readings are left out, and said to be: they have changed nothing. */
export function chosenPoints(
  points: readonly string[],
  { only, first }: Choice,
  say: (line: string) => void,
): readonly string[] {
  const named = points.filter((point) => point.includes(only) && (!first || passingOf(point) === 1));
  if (named.length <= POINTS_MAX) return named;
  const kept = named.filter((point) => !READ.test(point) || passingOf(point) <= READS_MAX);
  say(`${named.length - kept.length} points left out: readings after the first ${READS_MAX} of each kind`);
  return kept;
}
