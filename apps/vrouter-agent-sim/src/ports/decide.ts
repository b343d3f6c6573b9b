import type { LinkState } from '@vrouter/port-model';
import type { Draft } from './draft.ts';
import type { Command, Outcome } from './model.ts';
import type { Rules } from './protocol.ts';

const DONE: Outcome = { ok: true };

/** Carries out on `draft` what arrived at `arrivedAtMs`. */
export function decide(
  draft: Draft,
  command: Exclude<Command, { kind: 'sweep' }>,
  arrivedAtMs: number,
  rules: Pick<Rules, 'add' | 'generationsTold' | 'staleTimeoutMs'>,
): Outcome {
  switch (command.kind) {
    case 'add':
    case 'reload':
      add(draft, command, rules);
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
      draft.deadlines = [
        ...draft.deadlines,
        { generation: draft.generation, atMs: arrivedAtMs + rules.staleTimeoutMs },
      ];
      return DONE;
    case 'replace':
      draft.replace(command, arrivedAtMs);
      return DONE;
    case 'restore':
      if (command.entry === undefined) draft.remove(command.id);
      else draft.put(command.entry);
      return DONE;
  }
}

function add(
  draft: Draft,
  { kind, ports }: Command & { kind: 'add' | 'reload' },
  rules: Pick<Rules, 'add' | 'generationsTold'>,
): void {
  const generation = draft.generation % rules.generationsTold;
  for (const port of ports) {
    const { entry, fileIfAbsent } = rules.add(port, draft.get(port.id), generation);
    if (kind === 'reload') draft.putUnsaved(entry);
    else if (fileIfAbsent === undefined) draft.put(entry);
    else draft.putWithFileIfAbsent(entry, fileIfAbsent);
  }
}

function setLinkState(draft: Draft, id: string, linkState: LinkState): Outcome {
  const entry = draft.get(id);
  if (entry === undefined) return { ok: false, code: 'PORT_NOT_FOUND', detail: id };
  if (entry.port.type !== 2) return { ok: false, code: 'INCORRECT_PORT_TYPE', detail: id };
  draft.put({ ...entry, linkState });
  return DONE;
}
