import { textsOf, Violation, type Ask } from '@vrouter/testkit/history';
import type { LedgerEntry } from '@vrouter/vcenter-plugin/simulation';

/** What is sent stands in the ledger before: else a plugin that dies now would not know what the agent may hold. */
export function checkSaved(ask: Ask, rowOf: (id: string) => LedgerEntry | undefined): void {
  if (ask.kind === 'delete' && rowOf(ask.id) === undefined)
    throw new Violation('saved-before-sent', `port ${ask.id} is deleted, and the ledger does not know it`);
  if (ask.kind !== 'add') return;
  for (const { id, record } of ask.ports) {
    const { desired } = rowOf(id) ?? {};
    if (desired === undefined || textsOf(desired.port).record !== record)
      throw new Violation('saved-before-sent', `port ${id} is added, and the ledger does not say so`);
  }
}

/** The plugin is gone: of each port that it had an agent take, the ledger knows. */
export function checkRemembered(ids: Iterable<string>, rowOf: (id: string) => LedgerEntry | undefined): void {
  for (const id of ids)
    if (rowOf(id) === undefined)
      throw new Violation('saved-before-sent', `the agent has port ${id}, and the ledger does not know it`);
}
