import type { PortStore } from '../store/store.ts';

export interface StoreMeter {
  loaded(seconds: number): void;
  saved(changes: number, seconds: number): void;
  failed(): void;
}

/** `store`, which tells `meter` what it did. */
export function measuredStore(store: PortStore, meter: StoreMeter): PortStore {
  return {
    batchCommandsMax: store.batchCommandsMax,
    load: async () => {
      const beganMs = performance.now();
      const loaded = await store.load();
      meter.loaded((performance.now() - beganMs) / 1000);
      return loaded;
    },
    apply: async (changes) => {
      const beganMs = performance.now();
      try {
        await store.apply(changes);
      } catch (error) {
        meter.failed();
        throw error;
      }
      meter.saved(changes.length, (performance.now() - beganMs) / 1000);
    },
    written: async () => store.written?.(),
    close: async () => store.close?.(),
    problems: () => store.problems?.() ?? [],
  };
}
