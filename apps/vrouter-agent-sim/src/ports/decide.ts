import type { LinkState, Port } from '@vrouter/port-model';
import type { Draft } from './draft.ts';
import type { Command, Outcome, PortEntry } from './model.ts';

const DONE: Outcome = { ok: true };

/** Carries `command` out on `draft`. `deadlineMs` is the sweep time of a sync that arrives with it. */
export function decide(
  draft: Draft,
  command: Exclude<Command, { kind: 'sweep' }>,
  deadlineMs: number,
): Outcome {
  switch (command.kind) {
    case 'add':
      for (const port of command.ports) draft.put(added(draft, port));
      return DONE;
    case 'delete':
      draft.remove(command.id);
      return DONE;
    case 'enable':
      return setLinkState(draft, command.id, 1);
    case 'disable':
      return setLinkState(draft, command.id, 0);
    case 'sync':
      draft.generation += 1;
      draft.deadlines = [...draft.deadlines, { generation: draft.generation, atMs: deadlineMs }];
      return DONE;
  }
}

function added(draft: Draft, request: Port): PortEntry {
  const { 'link-state': wanted, ...port } = request;
  return {
    port,
    linkState: linkStateAfterAdd(port, wanted, draft.get(port.id)),
    generation: draft.generation,
  };
}

/** A repeated add must not cut a port off, so what enable and disable left stays unless the request says otherwise. */
function linkStateAfterAdd(
  port: Port,
  wanted: LinkState | undefined,
  before: PortEntry | undefined,
): LinkState {
  if (port.type !== 2) return 1;
  if (wanted !== undefined) return wanted;
  return before?.port.type === 2 ? before.linkState : 0;
}

function setLinkState(draft: Draft, id: string, linkState: LinkState): Outcome {
  const entry = draft.get(id);
  if (entry === undefined) return { ok: false, code: 'PORT_NOT_FOUND', detail: id };
  if (entry.port.type !== 2) return { ok: false, code: 'INCORRECT_PORT_TYPE', detail: id };
  if (entry.linkState !== linkState) draft.put({ ...entry, linkState });
  return DONE;
}
