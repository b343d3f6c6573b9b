import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '../view/snapshot.ts';
import type { Expectation, Step } from './step.ts';

/** Who is told how the story goes. */
export interface Teller {
  begins(step: Step, number: number, count: number): void;
  cameTrue(expectation: Expectation): void;
  ended(snapshot: Snapshot): void;
  failed(failure: Failure): void;
}

export interface Failure {
  readonly step: Step;
  readonly expected: string;
  readonly seen: string;
  /** undefined when the step could not even be carried out. */
  readonly snapshot: Snapshot | undefined;
}

export interface StoryOptions {
  readonly look: () => Promise<Snapshot>;
  readonly teller: Teller;
  /** Aborted: the story ends in the middle. */
  readonly signal: AbortSignal;
  /** For each expectation. */
  readonly limitMs: number;
  readonly everyMs?: number;
}

/** Carries out the steps until one does not come true. Returns whether all did. */
export async function runStory(steps: readonly Step[], options: StoryOptions): Promise<boolean> {
  for (const [index, step] of steps.entries()) {
    options.teller.begins(step, index + 1, steps.length);
    const failure = await runStep(step, options);
    if (options.signal.aborted) return false;
    if (failure === undefined) continue;
    options.teller.failed(failure);
    return false;
  }
  return true;
}

async function runStep(step: Step, options: StoryOptions): Promise<Failure | undefined> {
  try {
    await step.act();
  } catch (error) {
    return { step, expected: step.tells, seen: (error as Error).message, snapshot: undefined };
  }
  let snapshot: Snapshot | undefined;
  for (const expectation of step.expects) {
    const { seen, ...last } = await comesTrue(expectation, options);
    if (seen !== undefined) return { step, expected: expectation.says, seen, snapshot: last.snapshot };
    snapshot = last.snapshot;
    options.teller.cameTrue(expectation);
  }
  options.teller.ended(snapshot ?? (await options.look()));
  return undefined;
}

/** Looks until the expectation is true, or there is no more time: then `seen` is what was there instead. */
async function comesTrue(
  { differs }: Expectation,
  { look, signal, limitMs, everyMs = 50 }: StoryOptions,
): Promise<{ snapshot: Snapshot; seen: string | undefined }> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    const snapshot = await look();
    const seen = differs(snapshot);
    if (seen === undefined || signal.aborted || performance.now() >= endMs) return { snapshot, seen };
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
