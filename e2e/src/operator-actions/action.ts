import type { Lifecycle } from '../world/oracle.ts';
import type { PerPort } from './observe/chains.ts';
import type { Scene } from './stage/scene.ts';

/** What an action comes to at the agents. */
export interface Outcome {
  /** What agents must receive for each port, in this order and no more. */
  readonly requests: PerPort;
  /** Who holds each port in the end. */
  readonly afterwards: PerPort;
  /** Kinds of the problems that `/introspect/inventory` shows in the end about the action's VMs and host; none unless given. */
  readonly problems?: readonly string[];
}

/**
 * Something that an operator does, and what must come of it. Tests compare it with what happens, and the page of the
 * documentation is made from it, so that the page is true.
 */
export interface OperatorAction extends Readonly<Record<Lifecycle, Outcome>> {
  /** In an operator's words. */
  readonly name: string;
  /** Brings about what the action starts from. */
  readonly given?: (scene: Scene) => Promise<void>;
  /** The action itself, on the simulator. */
  readonly does: (scene: Scene) => Promise<void>;
  /** Puts things back that later actions count on. */
  readonly undo?: (scene: Scene) => Promise<void>;
  /** What vCenter tells of it: types and property paths, as `observe/reports.ts` writes them. */
  readonly reports: string;
  /** Agents that must not be without the enabled ports at any moment, the one that loses them first. */
  readonly uninterrupted?: readonly string[];
  /** What a reader of the table should know besides. */
  readonly note?: string;
}

/** The same in both lifecycles. */
export function alike(
  requests: PerPort,
  afterwards: PerPort,
  problems: readonly string[] = [],
): Readonly<Record<Lifecycle, Outcome>> {
  const outcome = { requests, afterwards, problems };
  return { power: outcome, link: outcome };
}

/** Actions of one kind, with a heading for the table. */
export interface ActionGroup {
  readonly title: string;
  readonly actions: readonly OperatorAction[];
}
