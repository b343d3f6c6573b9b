import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { idIn, isAdd, portsIn, type Mutant, type SeenRequest } from './mutation.ts';

/** Remembers the body with which each port that is there was added, the first or the last of them. */
class Journal {
  readonly bodies = new Map<string, string>();
  readonly #keeps: 'first' | 'last';

  constructor(keeps: 'first' | 'last') {
    this.#keeps = keeps;
  }

  readonly note = (request: SeenRequest): undefined => {
    if (request.method === 'DELETE') this.bodies.delete(idIn(request) ?? '');
    for (const port of isAdd(request) ? portsIn(request) : []) {
      const { id } = port;
      if (this.#keeps === 'last' || !this.bodies.has(id)) this.bodies.set(id, JSON.stringify(port));
    }
  };
}

/** Wrong about what a journal and port files say together when the agent starts. */
export const REPLAY_MUTANTS: readonly Mutant[] = [
  {
    name: 'loads only what its journal knows, and no files of others',
    caughtBy: ['reload/file-of-the-helper-script'],
    make: () => {
      const journal = new Journal('last');
      return {
        request: journal.note,
        afterRestart: async ({ portsDir, ask }) => {
          const foreign = readdirSync(portsDir).filter((name) => !journal.bodies.has(name));
          for (const name of foreign) await ask('DELETE', `/port/${name}`);
        },
      };
    },
  },
  {
    name: 'replays the first of two changes last',
    caughtBy: ['restart/changed-port-survives'],
    make: () => {
      const journal = new Journal('first');
      return {
        request: journal.note,
        afterRestart: async ({ ask }) => {
          for (const body of journal.bodies.values()) await ask('POST', '/port', body);
        },
      };
    },
  },
];

/** The same for real agents, whose files are all that they know. */
export const REAL_REPLAY_MUTANTS: readonly Mutant[] = [
  {
    name: 'brings ports back whose files were taken away',
    caughtBy: ['reload/unknown-after-the-file-is-gone'],
    make: () => {
      const journal = new Journal('last');
      let lost: string[] = [];
      return {
        request: journal.note,
        beforeRestart: ({ portsDir }) => {
          lost = [...journal.bodies]
            .filter(([id]) => !existsSync(join(portsDir, id)))
            .map(([, body]) => body);
        },
        afterRestart: async ({ ask }) => {
          for (const body of lost) await ask('POST', '/port', body);
        },
      };
    },
  },
];
