import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';

/** What tests get in the place of `vitest`: they are collected, to be run when, and as often as, we like. */
export interface Collected {
  readonly name: string;
  readonly run: () => unknown;
}

let collected: Collected[] = [];

/** The tests since the last call, in order. */
export function takeCollected(): Collected[] {
  const tests = collected;
  collected = [];
  return tests;
}

export function test(name: string, run: () => unknown): void {
  collected.push({ name, run });
}

test.each =
  (rows: readonly unknown[]) =>
  (name: string, run: (...row: unknown[]) => unknown): void => {
    rows.forEach((row, index) => {
      test(`${name} #${index}`, () => (Array.isArray(row) ? run(...(row as unknown[])) : run(row)));
    });
  };

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
export const { expect } = chai;
