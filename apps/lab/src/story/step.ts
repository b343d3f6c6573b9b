import type { Snapshot } from '../view/snapshot.ts';

/** Something that is to come true. */
export interface Expectation {
  /** A sentence that is true then: `agent-2 has web-2, enabled`. */
  readonly says: string;
  /** undefined when it is true, otherwise what is there instead. */
  readonly differs: (snapshot: Snapshot) => string | undefined;
}

/** Something happens, and then the world must become as expected. */
export interface Step {
  readonly title: string;
  /** What happens, in a sentence. */
  readonly tells: string;
  readonly act: () => Promise<void>;
  readonly expects: readonly Expectation[];
}
