import { z } from 'zod';

/**
 * A number of `what` (empty: of nothing) as flags, environment and files write it. Unlike coercion it does not take an empty text for zero, and
 * the error shows what came.
 */
export function numberSetting(
  what: string,
  { min, max, whole }: { readonly min: number; readonly max: number; readonly whole: boolean },
) {
  const kind = `${whole ? 'whole ' : ''}number`;
  const title = what === '' ? kind : `${kind} of ${what}`;
  const expected = whole || what === '' ? `a ${title}` : what;
  const error = ({ input }: { readonly input?: unknown }): string =>
    `expected ${expected} from ${min} to ${max}, got ${JSON.stringify(input)}`;
  const number = whole ? z.int({ error }) : z.number({ error });
  return z.preprocess(fromText, number.min(min, { error }).max(max, { error })).meta({ title });
}

function fromText(value: unknown): unknown {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}
