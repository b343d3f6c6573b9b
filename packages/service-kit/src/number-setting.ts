import { z } from 'zod';

/**
 * A number as flags, environment and files write it. Unlike coercion it does not take an empty text for zero, and
 * the error shows what came.
 */
export function numberSetting(
  what: string,
  { min, max, whole }: { readonly min: number; readonly max: number; readonly whole: boolean },
) {
  const error = ({ input }: { readonly input?: unknown }): string =>
    `expected ${whole ? 'a whole number of ' : ''}${what} from ${min} to ${max}, got ${JSON.stringify(input)}`;
  const number = whole ? z.int({ error }) : z.number({ error });
  return z
    .preprocess(fromText, number.min(min, { error }).max(max, { error }))
    .meta({ title: `${whole ? 'whole number' : 'number'} of ${what}` });
}

function fromText(value: unknown): unknown {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}
