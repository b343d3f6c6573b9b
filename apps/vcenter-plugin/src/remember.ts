const REMEMBERED_MAX = 200_000;

/** `of`, which must be pure, with its answers remembered; all are forgotten when there are very many. */
export function remembered<T>(of: (text: string) => T): (text: string) => T {
  const answers = new Map<string, { readonly answer: T }>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known.answer;
    const answer = of(text);
    if (answers.size >= REMEMBERED_MAX) answers.clear();
    answers.set(text, { answer });
    return answer;
  };
}
