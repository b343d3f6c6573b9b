import type { Step } from '../agent/recorder.ts';
import type { BehaviourId } from '../behaviours/behaviours.ts';
import type { Need } from '../needs.ts';
import type { ProfileName } from '../profiles.ts';

export type Outcome = 'passed' | 'failed' | 'left out';

/** One row of every report. */
export interface Result {
  readonly name: string;
  readonly fact: BehaviourId;
  readonly title: string;
  readonly profile: ProfileName;
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** What went wrong, for `failed`. */
  readonly problem: Problem | null;
  /** Why it was not run, and what would bring it in. */
  readonly leftOut: LeftOut | null;
  readonly steps: readonly Step[];
}

export interface Problem {
  readonly message: string;
  readonly expected: string | null;
  readonly got: string | null;
}

export interface LeftOut {
  readonly needs: readonly Need[];
  readonly reason: string;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly leftOut: number;
}

export function count(results: readonly Result[]): Counts {
  const of = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  return { passed: of('passed'), failed: of('failed'), leftOut: of('left out') };
}

/** `12 passed, 1 failed, 3 left out`. */
export function countText({ passed, failed, leftOut }: Counts): string {
  return `${passed} passed, ${failed} failed, ${leftOut} left out`;
}
