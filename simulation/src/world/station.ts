import type { AgentModel } from '@vrouter/testkit/history';
import type { SimulatedAgent } from '../agent/simulated-agent.ts';
import type { PaceRules } from '../check/pace-rules.ts';
import type { PluginRules } from '../check/plugin-rules.ts';
import type { Link } from './link.ts';

/** One agent, the way to it, and what is expected of it. */
export interface Station {
  readonly agent: SimulatedAgent;
  readonly link: Link;
  readonly model: AgentModel;
  readonly rules: PluginRules;
  readonly pace: PaceRules;
  /** The last moment at which anything went wrong here, or anybody changed anything. */
  troubledAtMs: number;
  /** The last moment at which anything went wrong here. */
  brokenAtMs: number;
  diedAtMs: number;
  /** vCenter does not show where it is. */
  isGone: boolean;
  /** A real agent was restarted so quickly that nobody noticed: a sweep that it owed is forgotten. */
  forgotSweep: boolean;
  /** The disk of a real agent failed: its files are what they are, and after each start somebody asks for a sync. */
  hasBadFiles: boolean;
  /** Ports that somebody else took away. */
  readonly taken: Set<string>;
  phase: string;
  /** Its table may have changed since it was looked at. */
  isDirty: boolean;
  /** Ports that it had then. */
  portCount: number;
}
