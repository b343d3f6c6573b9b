import type { LinkState, Port } from '@vrouter/port-model';
import type { Added, AddRule } from '../../../ports/add-rule.ts';
import type { PortEntry } from '../../../ports/model.ts';

/**
 * R3.x: a known port only becomes younger; nothing of what was sent counts. Its file is written anew if somebody took
 * it away, and then with what was sent.
 */
export const refresh: AddRule = (request, known, generation) =>
  known === undefined
    ? insert(request, generation)
    : { entry: { ...known, generation }, fileIfAbsent: saved(request) };

/** R4.1 and later: like `refresh`, but a port of another VM takes the place of the known one, in the table alone. */
export const refreshOrReplace: AddRule = (request, known, generation) =>
  known?.port['instance-id'] === request['instance-id']
    ? refresh(request, known, generation)
    : insert(request, generation);

function insert(request: Port, generation: number): Added {
  const { 'link-state': linkState = 1, ...port } = request;
  const entry: PortEntry = { port, linkState, generation };
  return { entry, fileIfAbsent: saved(request) };
}

/** `request` itself, not a copy: the format of R3.x knows it by identity. */
function saved(request: Port): { port: Port; linkState: LinkState } {
  return { port: request, linkState: request['link-state'] ?? 1 };
}
