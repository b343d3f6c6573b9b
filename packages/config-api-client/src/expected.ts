import type { NoAnswer } from './outcome.ts';

interface Outcome {
  readonly kind: string;
}

const ALWAYS: ReadonlySet<string> = new Set<NoAnswer['kind']>(['refused', 'unauthorised', 'unavailable']);

/** `outcome` if it is one of `kinds`; an operation that cannot have another one met something strange on the way. */
export function expected<O extends Outcome, K extends O['kind']>(
  outcome: O,
  kinds: readonly K[],
): Extract<O, { kind: K }> | NoAnswer {
  const isExpected = (kinds as readonly string[]).includes(outcome.kind) || ALWAYS.has(outcome.kind);
  if (isExpected) return outcome as Extract<O, { kind: K }> | NoAnswer;
  const { message = '' } = outcome as { readonly message?: string };
  return {
    kind: 'unavailable',
    reason: `The answer makes no sense here (${outcome.kind}): ${message}`,
    sent: true,
  };
}
