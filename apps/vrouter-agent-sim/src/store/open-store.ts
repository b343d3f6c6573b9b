import { systemClock, type Clock, type Logger } from '@vrouter/service-kit';
import type { Places } from './file-steps.ts';
import type { FileSystem } from './file-system.ts';
import { JournalStore } from './journal/journal-store.ts';
import { leaveJournal } from './journal/leave-journal.ts';
import { PortFiles } from './port-files.ts';
import type { PortStore } from './store.ts';

/** How ports are saved before the answer leaves. */
export const DURABILITIES = ['journal', 'file'] as const;
export type Durability = (typeof DURABILITIES)[number];

export interface OpenStoreOptions {
  readonly files: FileSystem;
  readonly places: Places;
  readonly author: string;
  readonly now: () => number;
  readonly log: Logger;
  /** For the disk. */
  readonly clock?: Clock;
}

/** A store of that durability; whichever was used before, it finds everything. */
export function openStore(durability: Durability, options: OpenStoreOptions): PortStore {
  const { files, places, author, now, log, clock = systemClock } = options;
  const journalOptions = { files, places, author, now, log, clock };
  if (durability === 'journal') return new JournalStore(journalOptions);
  const store = new PortFiles({ files, places, author, now });
  return {
    batchCommandsMax: store.batchCommandsMax,
    load: async () => {
      const setAside = await leaveJournal(journalOptions);
      const loaded = await store.load();
      return { ...loaded, setAside: [...setAside, ...loaded.setAside] };
    },
    apply: (changes) => store.apply(changes),
  };
}
