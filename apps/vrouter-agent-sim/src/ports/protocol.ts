import type { AddRule } from './add-rule.ts';
import type { Change, Command, Outcome, PortEntry } from './model.ts';

export interface Rules {
  /** What an add makes of new and of known ports. */
  readonly add: AddRule;
  /** How many generations the mark of a port can tell apart, before they look like the first ones again. */
  readonly generationsTold: number;
  /** From the arrival of a sync to its sweep. */
  readonly staleTimeoutMs: number;
  /** How many commands may share the fate of one batch. */
  readonly batchCommandsMax: number;
  /** Commands that wait; more are refused. */
  readonly queueLengthMax: number;
  /** Syncs whose sweep is still to come; more are refused. */
  readonly deadlinesMax: number;
  /** Ports that a sweep removes before others get their turn. */
  readonly sweepSliceMax: number;
  /** From a sweep that could not be saved to its next attempt. */
  readonly sweepRetryMs: number;
}

/** What was saved when the agent last ran. */
export interface Saved {
  readonly ports: readonly PortEntry[];
  readonly generation: number;
  /** Generations whose sweep was still to come. */
  readonly pending: readonly number[];
}

export interface Arrived {
  /** Names it in the reply. */
  readonly request: number;
  readonly command: Command;
}

export type Input =
  /** Those that came at the same time, in order: they can be saved together. */
  | { readonly kind: 'commands'; readonly arrived: readonly Arrived[] }
  | { readonly kind: 'tick' }
  | { readonly kind: 'persisted'; readonly batch: number }
  | { readonly kind: 'persist-failed'; readonly batch: number; readonly reason: string };

export type Effect =
  /** Save all of `changes`, which may be none after a save that failed, or nothing, then send `persisted` or `persist-failed`. One batch is in flight at a time. */
  | { readonly kind: 'persist'; readonly batch: number; readonly changes: readonly Change[] }
  | { readonly kind: 'reply'; readonly request: number; readonly outcome: Outcome }
  /** Send a tick at `atMs`; replaces the wake before. */
  | { readonly kind: 'wake'; readonly atMs: number }
  | { readonly kind: 'swept'; readonly generation: number; readonly count: number };
