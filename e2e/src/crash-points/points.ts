/** The failpoints that a plugin passed, each once, in the order of their first passing; from its log in mode trace. */
export function passedPoints(log: string): readonly string[] {
  const points = log.split('\n').flatMap((line): string[] => {
    if (!line.includes('"passed a failpoint"')) return [];
    return [(JSON.parse(line) as { failpoint: string }).failpoint];
  });
  return [...new Set(points)];
}
