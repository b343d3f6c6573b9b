import type { AgentUnderTest } from './agent/agent-under-test.ts';
import type { BehaviourId } from './behaviours/behaviours.ts';
import type { Need } from './needs.ts';
import type { ProfileName } from './profiles.ts';

/** One thing that can be seen from outside, and must be as the profile says. */
export interface Check {
  /** `topic/what-it-looks-at`; unique. */
  readonly name: string;
  /** The behaviour it stands for, in `docs/reference/agent-behaviours.md`. */
  readonly fact: BehaviourId;
  /** One sentence: given, when, then. */
  readonly title: string;
  readonly profiles: readonly ProfileName[];
  /** What it takes besides the URL. */
  readonly needs?: readonly Need[];
  /** Throws `Mismatch` when the agent does something else. Cleaning up is not its business. */
  readonly run: (agent: AgentUnderTest) => Promise<void>;
}

/** The checks of one file; `name` comes out as `topic/name`. */
export function topic(name: string, checks: readonly Check[]): readonly Check[] {
  return checks.map((check) => ({ ...check, name: `${name}/${check.name}` }));
}
