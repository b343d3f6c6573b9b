/** The element of `list`, which must not be empty, that `number` stands for. */
export function chosen<T>(list: readonly T[], number: number): T {
  return list[number % list.length] as T;
}
