import type { Clock, Logger } from '@vrouter/service-kit';
import { followFile } from '../files/follow-file.ts';
import type { Look } from '../files/look.ts';
import { parseInventoryFile } from './file-parse.ts';
import type { InventorySource, InventoryState } from './model.ts';

/**
 * The inventory in `path`, read again at every change. A file that cannot be used keeps the last good inventory in
 * force (the listener hears why) and is tried again at the next change or within a second.
 */
export function fileSource(path: string, clock: Clock, log: Logger): InventorySource {
  const file = followFile(path, clock, log);
  return {
    description: `file ${path}`,
    start: (listener) => file.start((look) => listener(stateOf(look, path))),
    stop: () => file.stop(),
  };
}

function stateOf(look: Look, path: string): InventoryState {
  try {
    if (look.text === undefined) throw look.error;
    return { complete: true, inventory: parseInventoryFile(look.text) };
  } catch (error) {
    const reason = `inventory file ${path} is not usable: ${(error as Error).message}`;
    return { complete: false, reason };
  }
}
