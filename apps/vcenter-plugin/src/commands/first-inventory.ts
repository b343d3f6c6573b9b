import { StartError, type Clock } from '@vrouter/service-kit';
import type { Inventory, InventorySource } from '../inventory/model.ts';

/**
 * The first complete inventory of `source`, which is stopped again whatever happens. Throws `StartError` NO_INVENTORY with
 * the first reason that the source gives, or when `limitMs` have passed: a second try might lock the account.
 */
export async function firstInventory(
  source: InventorySource,
  clock: Clock,
  limitMs: number,
): Promise<Inventory> {
  const { promise, resolve, reject } = Promise.withResolvers<Inventory>();
  const fail = (reason: string): void =>
    reject(new StartError('NO_INVENTORY', `${source.description}: ${reason}`));
  const cancel = clock.schedule(limitMs, () => fail(`no complete picture within ${limitMs / 1000} s`));
  try {
    source.start((state) => {
      if (state.complete) resolve(state.inventory);
      else fail(state.reason);
    });
    return await promise;
  } finally {
    cancel();
    await source.stop();
  }
}
