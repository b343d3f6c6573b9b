/**
 * Does `work` for all `items`, `atOnce` at a time, as long as `isWanted`; tells whether all were done. Rejects with the
 * first failure, when nothing runs any more.
 */
export async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  isWanted: () => boolean,
  work: (item: Item) => Promise<void>,
): Promise<boolean> {
  const rest = items.values();
  let isDone = true;
  let failure: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    for (const item of rest) {
      if (failure !== undefined) return;
      if (!isWanted()) {
        isDone = false;
        return;
      }
      try {
        await work(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  if (failure !== undefined) throw failure.error;
  return isDone;
}
