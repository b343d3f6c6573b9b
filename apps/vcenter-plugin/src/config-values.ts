import { z } from 'zod';

/**
 * The kinds of values in the configuration. Environment and flags give texts, so numbers and switches are taken as
 * texts too. The title is what the reference page calls the type.
 */
const numberIn = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
const switchIn = (value: unknown): unknown => ({ true: true, false: false })[String(value)] ?? value;

export const Name = z.string().min(1).max(255).meta({ title: 'text' });
export const Text = z.string().min(1).meta({ title: 'text' });
export const Path = z.string().min(1).meta({ title: 'path' });
export const Switch = z.preprocess(switchIn, z.boolean()).meta({ title: 'true or false' });
export const Share = z.preprocess(numberIn, z.number().min(0).max(1)).meta({ title: 'number from 0 to 1' });
export const Count = z.preprocess(numberIn, z.int().min(0)).meta({ title: 'integer' });
export const Port = z.preprocess(numberIn, z.int().min(1).max(65_535)).meta({ title: 'port' });
/** A longer one could not be waited for: timers have 31 bits. */
export const Milliseconds = z
  .preprocess(
    numberIn,
    z
      .int()
      .min(1)
      .max(2 ** 31 - 1),
  )
  .meta({ title: 'integer, ms' });
export const Seconds = z
  .preprocess(
    numberIn,
    z
      .number()
      .positive()
      .max((2 ** 31 - 1) / 1000),
  )
  .meta({ title: 'number, seconds' });

/** The root of an agent's REST API, as its origin: two ways to write one address are one address. */
export const AgentUrl = z
  .string()
  .transform((text, context) => {
    const url = URL.parse(text);
    const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
    if (isHttp && url.href === `${url.origin}/`) return url.origin;
    context.addIssue({
      code: 'custom',
      message: `expected http://HOST:PORT or https://HOST:PORT, without path or user, got ${JSON.stringify(text)}`,
    });
    return z.NEVER;
  })
  .meta({ title: 'URL' });

/** Without user and password: those would be printed wherever the URL is. */
export const HttpUrl = z
  .string()
  .refine((text) => ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? ''), {
    error: 'expected an http:// or https:// URL',
    abort: true,
  })
  .refine((text) => URL.parse(text)?.username === '' && URL.parse(text)?.password === '', {
    error: 'expected no user in the URL: use username and password',
  })
  .meta({ title: 'URL' });
