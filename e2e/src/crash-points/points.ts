/** The failpoints that a plugin passed, each once, in the order of their first passing; from its log in mode trace. */
export function passedPoints(log: string): readonly string[] {
  const points = log.split('\n').flatMap((line): string[] => {
    if (!line.includes('"passed a failpoint"')) return [];
    return [(JSON.parse(line) as { failpoint: string }).failpoint];
  });
  return [...new Set(points)];
}

/** Those of `requests` that are not among the points, before and after. */
export function missedRequests(points: readonly string[], requests: readonly string[]): readonly string[] {
  const passed = new Set(points);
  return requests.filter((each) => !passed.has(`before ${each}`) || !passed.has(`after ${each}`));
}
