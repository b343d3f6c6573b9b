import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** What was typed makes no sense; the message says what is expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The values of the flags in `argv`. Throws `UsageError` for anything unknown. */
export function flagValues<const T extends ParseArgsOptionsConfig>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: false, strict: true }).values;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** A whole number. Throws `UsageError`. */
export function integer(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${flag}: expected a whole number from ${min} to ${max}, got ${JSON.stringify(text)}`);
}
