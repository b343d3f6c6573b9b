import { isDeepStrictEqual } from 'node:util';
import { Mismatch } from '../errors.ts';
import type { Recorder } from './recorder.ts';

/** Compares and records. Throws `Mismatch`. */
export class Expect {
  readonly #recorder: Recorder;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** Deep, and strict about types; key order does not matter. */
  equal(what: string, got: unknown, expected: unknown): void {
    this.#recorder.expected(`${what}: ${shown(expected)}`);
    if (!isDeepStrictEqual(got, expected)) throw new Mismatch(what, shown(expected), shown(got));
  }

  match(what: string, got: string, pattern: RegExp): void {
    this.#recorder.expected(`${what}: ${pattern.source}`);
    if (!pattern.test(got)) throw new Mismatch(what, `text like ${pattern.source}`, shown(got));
  }

  /** `expected` says in words what `isSo` means. */
  that(what: string, isSo: boolean, expected: string, got: unknown): void {
    this.#recorder.expected(`${what}: ${expected}`);
    if (!isSo) throw new Mismatch(what, expected, shown(got));
  }
}

/** A value for people: JSON, but `nothing` where JSON has no word. */
export function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
