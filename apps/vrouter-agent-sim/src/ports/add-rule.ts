import type { LinkState, Port } from '@vrouter/port-model';
import { leanPort } from './lean-port.ts';
import type { PortEntry, SavedPort } from './model.ts';

/** What one added port leads to. */
export interface Added {
  readonly entry: PortEntry;
  /**
   * What is written only where there is no file yet; absent: the file becomes what `entry` is. Of two in one batch
   * the first would be lost, so stores of agents that do this save one command at a time.
   */
  readonly fileIfAbsent?: SavedPort;
}

/** What an add makes of a port, given the one of that id that is `known`, if any. */
export type AddRule = (request: Port, known: PortEntry | undefined, generation: number) => Added;

/** The blueprint's: the newest values count, in the table and in the file. */
export const update: AddRule = (request, known, generation) => {
  // One without a link state is as it will be kept.
  const port = request['link-state'] === undefined ? request : leanPort(request);
  return { entry: { port, linkState: linkStateAfterAdd(port, request['link-state'], known), generation } };
};

/** A repeated add must not cut a port off, so what enable and disable left stays unless the request says otherwise. */
function linkStateAfterAdd(
  port: Port,
  wanted: LinkState | undefined,
  known: PortEntry | undefined,
): LinkState {
  if (port.type !== 2) return 1;
  if (wanted !== undefined) return wanted;
  return known?.port.type === 2 ? known.linkState : 0;
}
