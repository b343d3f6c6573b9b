import type { DesiredPort } from '../binding/desired-port.ts';
import { file } from './lanes.ts';
import { changeDesired, type PortEntry } from './port-entry.ts';
import type { AgentState, Effect } from './state.ts';

/**
 * The ports that `ports` would take away from the agent now. When those are suspiciously many at once, none: they keep
 * their desired record until an operator agrees, or until each has been missing for the brake's time. A permission
 * lost in vCenter must not take a data centre off the network. Ports that are `moved` to another agent count for nothing.
 */
export function removals(
  state: AgentState,
  ports: ReadonlyMap<string, DesiredPort>,
  moved: ReadonlySet<string>,
  nowMs: number,
): PortEntry[] {
  const wanted = [...state.ports.values()].filter(({ desired }) => desired !== undefined);
  const gone = wanted.filter(({ id }) => !ports.has(id));
  const missing = gone.filter(({ id }) => !moved.has(id));
  const { count, share } = state.limits.brake;
  const isHolding = state.heldBack.size > 0;
  const total = isHolding ? Math.min(wanted.length, state.heldBackOf) : wanted.length;
  if (missing.length <= count || missing.length <= share * total) {
    state.heldBack.clear();
    return gone;
  }
  state.heldBackOf = total;
  const since = new Map(missing.map(({ id }) => [id, state.heldBack.get(id) ?? nowMs]));
  state.heldBack.clear();
  for (const [id, sinceMs] of since) state.heldBack.set(id, sinceMs);
  return gone.filter(({ id }) => !since.has(id));
}

/** An operator says that what is missing is really gone. */
export function releaseBrake(state: AgentState, nowMs: number, effects: Effect[]): void {
  letGo(state, [...state.heldBack.keys()], nowMs, effects);
}

/** Lets go what has been missing for long enough, while the inventory is there to say so. */
export function releaseDue(state: AgentState, nowMs: number, effects: Effect[]): void {
  if (!state.complete) return;
  const due = [...state.heldBack].filter(([, sinceMs]) => nowMs >= sinceMs + state.limits.brake.holdMs);
  letGo(
    state,
    due.map(([id]) => id),
    nowMs,
    effects,
  );
}

/** The next moment at which `releaseDue` has something to do. */
export function brakeWakeMs(state: AgentState): number {
  let earliest = Infinity;
  for (const sinceMs of state.heldBack.values())
    earliest = Math.min(earliest, sinceMs + state.limits.brake.holdMs);
  return earliest;
}

function letGo(state: AgentState, ids: readonly string[], nowMs: number, effects: Effect[]): void {
  const entries = ids.flatMap((id) => state.ports.get(id) ?? []);
  for (const id of ids) state.heldBack.delete(id);
  if (entries.length === 0) return;
  for (const entry of entries) changeDesired(entry, undefined);
  effects.push({ kind: 'save', entries });
  for (const entry of entries) file(state, entry, nowMs);
}
