const STRINGS_MAX = 10_000;

/** One string in memory for all equal ones. Forgets everything when it has seen too many. */
export function interner(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= STRINGS_MAX) known.clear();
    known.set(text, text);
    return text;
  };
}
