import { StartError } from '@vrouter/service-kit';
import type { Places } from './file-steps.ts';
import type { Loaded, PortStore } from './store.ts';

/** Loads `store`. Throws `StartError`, also for what the disk says: then the folders are as good as before. */
export async function loadStore(store: PortStore, { ports, state }: Places): Promise<Loaded> {
  try {
    return await store.load();
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      'FOLDER_UNUSABLE',
      `The ports in ${ports} and ${state} cannot be loaded: ${(error as Error).message}; ` +
        'nothing was lost by it: start again when the disk works',
      { cause: error },
    );
  }
}
