import type { z } from 'zod';

/** Adds an issue at `list[i].field` for every value that was there before. */
export function refineUnique(
  context: z.RefinementCtx,
  list: readonly PropertyKey[],
  field: string,
  values: readonly string[],
): void {
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    if (seen.has(value))
      context.addIssue({
        code: 'custom',
        path: [...list, index, field],
        message: `${JSON.stringify(value)} is there twice`,
      });
    seen.add(value);
  }
}
