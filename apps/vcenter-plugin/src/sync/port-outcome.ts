import type { Outcome } from '@vrouter/agent-client';
import { parsePort, sameIdentity, samePort } from '@vrouter/port-model';
import { failed, succeeded, uncertain, type PortEntry } from './port-entry.ts';
import { showsAnother } from './shown-port.ts';
import type { AddItem } from './state.ts';

/** As many records of one port as are added in vain while one agent hangs; the last ones count. */
const LATE_ADDS_MAX = 16;

/** Failed looks at one port after one sync; an agent whose reading is broken is not asked for ever. */
const LOOKS_MAX = 10;

/** An outcome, with the moments that follow from it. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly error: string;
  readonly sentAtMs: number;
  /** When to try the port again after a failure; 0: as soon as the agent can be reached. */
  readonly retryAtMs: (entry: PortEntry) => number;
  /** The epoch whose sweep is over: a port added since then is not swept by it. 0 when none is. */
  readonly sweptEpoch: number;
  /** Until then the failed request may still arrive; 0 when it cannot. */
  readonly unsettledUntilMs: number;
}

/** `array`: the item was one of several, all or none. */
export function applyAdd(
  { entry, port, before }: AddItem,
  verdict: Verdict,
  array: boolean,
  epoch: number,
): void {
  if (verdict.outcome.kind === 'done') {
    // An added port has the link state that the agent chose: it is always set afterwards.
    entry.held = { port, epoch, enabled: undefined, ambiguous: false };
    entry.alone = false;
    entry.verifiedEpoch = Math.max(entry.verifiedEpoch, verdict.sweptEpoch);
    confirmed(entry, verdict);
    return;
  }
  const refused = verdict.outcome.kind === 'refused';
  // What was not even sent has left nothing behind: another record can be added without a delete.
  const unsent = verdict.outcome.kind === 'unavailable' && !verdict.outcome.sent;
  if (refused || unsent) entry.held = before;
  if (array && !isTransport(verdict)) {
    // One of many may be to blame: find out which.
    entry.alone = true;
    entry.urgent = true;
    return;
  }
  // Something else is desired by now: what became of the old record says nothing about the new one.
  if (entry.desired?.port !== port && !isTransport(verdict)) return;
  entry.refused = refused;
  fail(entry, verdict);
  if (verdict.unsettledUntilMs === 0) return;
  const others = entry.lateAdds.filter((late) => !samePort(late, port));
  entry.lateAdds = [...others, port].slice(-LATE_ADDS_MAX);
}

export function applyDelete(entry: PortEntry, verdict: Verdict): void {
  if (verdict.outcome.kind !== 'done' && verdict.outcome.kind !== 'not-found') {
    fail(entry, verdict);
    return;
  }
  confirmed(entry, verdict);
  if (entry.desired === undefined && entry.repeatAtMs > 0) {
    // An older add may still arrive: what it would leave stays known, to be deleted once more.
    entry.notBeforeMs = entry.repeatAtMs;
  } else entry.held = undefined;
}

export function applyLink(entry: PortEntry, verdict: Verdict, enabled: boolean): void {
  if (verdict.outcome.kind === 'done') {
    if (entry.held !== undefined) entry.held = { ...entry.held, enabled };
    entry.losses = 0;
    confirmed(entry, verdict);
    return;
  }
  if (verdict.outcome.kind === 'not-found') {
    // It lost the port: add it again, less and less often, however well each add goes.
    entry.held = undefined;
    entry.attempts = entry.losses;
    entry.losses += 1;
  }
  entry.refused = verdict.outcome.kind === 'refused';
  fail(entry, verdict);
}

/** After the deadline of a sync: does the agent still have what it should? Answered once per sync. */
export function applyCheck(entry: PortEntry, verdict: Verdict, epoch: number): void {
  if (isTransport(verdict)) return;
  if (verdict.outcome.kind === 'unavailable' && entry.attempts < LOOKS_MAX) {
    // That is no word about the port: look again.
    failed(entry, verdict.error, verdict.retryAtMs(entry));
    return;
  }
  succeeded(entry);
  entry.verifiedEpoch = epoch;
  const { held } = entry;
  if (held === undefined) return;
  if (verdict.outcome.kind === 'not-found') entry.held = uncertain(held.port);
  if (verdict.outcome.kind !== 'found') return;
  const parsed = parsePort(verdict.outcome.port);
  if (!parsed.ok) {
    // Real agents show other fields than they were sent. Which record one has that came back from old files is not known for
    // certain, but an add would not change it.
    if (showsAnother(verdict.outcome.port, held.port))
      entry.held = { ...uncertain(held.port), ambiguous: true };
    return;
  }
  const port = parsed.value;
  if (!sameIdentity(port, held.port)) entry.held = uncertain(port);
  else if (port['link-state'] !== undefined) entry.held = { ...held, enabled: port['link-state'] === 1 };
}

function confirmed(entry: PortEntry, { sentAtMs }: Verdict): void {
  succeeded(entry);
  if (sentAtMs < entry.unsettledUntilMs) entry.repeatAtMs = entry.unsettledUntilMs;
  else if (entry.repeatAtMs === 0) entry.lateAdds = [];
}

function fail(entry: PortEntry, verdict: Verdict): void {
  failed(entry, verdict.error, verdict.retryAtMs(entry));
  entry.unsettledUntilMs = Math.max(entry.unsettledUntilMs, verdict.unsettledUntilMs);
}

function isTransport({ outcome }: Verdict): boolean {
  return outcome.kind === 'unavailable' && outcome.status === undefined;
}
