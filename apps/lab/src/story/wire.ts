import { vmName, type AgentRequest, type Snapshot } from '../view/snapshot.ts';
import { list, viewOf } from './expectations.ts';
import type { Expectation } from './step.ts';

/** How far each agent's request journal had come at some moment. */
export type Bookmark = Map<string, number>;

/** Makes `bookmark` point to the end of every journal. An agent that is down has none. */
export function bookmarkAll(bookmark: Bookmark, snapshot: Snapshot): void {
  for (const { name, state } of snapshot.agents) bookmark.set(name, state?.requests.at(-1)?.seq ?? 0);
}

/** Since `bookmark` the agent has received a sync before anything else, then the adds of these VMs. */
export function syncedThenAdded(agent: string, vms: readonly string[], bookmark: Bookmark): Expectation {
  return {
    says: `${agent} was sent the sync first, then the adds of ${list(vms)}`,
    differs(snapshot) {
      const [first, ...rest] = requestsSince(snapshot, agent, bookmark);
      const added = new Set(
        rest
          .filter(({ operation, status }) => operation === 'add' && status === 200)
          .flatMap(({ portIds }) => portIds.map((id) => vmName(snapshot, agent, id))),
      );
      const isSo = first?.operation === 'sync' && first.status === 200 && vms.every((vm) => added.has(vm));
      return isSo ? undefined : `${agent} was sent ${sent(snapshot, agent, bookmark)}`;
    },
  };
}

/** Since `bookmark` nobody has asked any agent to delete a port. */
export function nobodyAskedToDelete(bookmark: Bookmark): Expectation {
  return {
    says: 'nobody sent a DELETE: the agent did that by itself',
    differs(snapshot) {
      const asked = snapshot.agents
        .map(({ name }) => name)
        .filter((name) =>
          requestsSince(snapshot, name, bookmark).some(({ operation }) => operation === 'delete'),
        );
      return asked.length === 0 ? undefined : `${list(asked)} received DELETE`;
    },
  };
}

function requestsSince(snapshot: Snapshot, agent: string, bookmark: Bookmark): AgentRequest[] {
  const since = bookmark.get(agent) ?? 0;
  return (viewOf(snapshot, agent).state?.requests ?? []).filter(({ seq }) => seq > since);
}

function sent(snapshot: Snapshot, agent: string, bookmark: Bookmark): string {
  return list(
    requestsSince(snapshot, agent, bookmark).map(({ operation, portIds, status }) =>
      [
        operation ?? 'an unknown route',
        ...portIds.map((id) => vmName(snapshot, agent, id)),
        `(${status})`,
      ].join(' '),
    ),
  );
}
