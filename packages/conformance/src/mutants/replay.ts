import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PortBody } from '../agent/port-body.ts';
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

/** Names in the folder that nobody added a port under. */
function foreignNames(portsDir: string, journal: Journal): string[] {
  return readdirSync(portsDir).filter((name) => name !== 'vm' && !journal.bodies.has(name));
}

const WITHOUT_FOLDER: Mutant = {
  name: 'does not make its folder',
  caughtBy: ['reload/folder-is-created'],
  make: () => ({
    afterRestart: ({ portsDir }) => rmSync(portsDir, { recursive: true, force: true }),
  }),
};

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
          for (const name of foreignNames(portsDir, journal)) await ask('DELETE', `/port/${name}`);
        },
      };
    },
  },
  {
    name: 'goes by the id inside a file',
    caughtBy: ['reload/id-inside-must-be-the-name'],
    make: () => {
      const journal = new Journal('last');
      return {
        request: journal.note,
        beforeRestart: ({ portsDir }) => {
          for (const name of foreignNames(portsDir, journal)) {
            const { id } = JSON.parse(readFileSync(join(portsDir, name), 'utf8')) as PortBody;
            renameSync(join(portsDir, name), join(portsDir, id));
          }
        },
      };
    },
  },
  WITHOUT_FOLDER,
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
  WITHOUT_FOLDER,
  {
    name: 'follows no links',
    caughtBy: ['reload/link-to-a-file'],
    make: () => ({
      beforeRestart: ({ portsDir }) => {
        for (const entry of readdirSync(portsDir, { withFileTypes: true }))
          if (entry.isSymbolicLink()) rmSync(join(portsDir, entry.name));
      },
    }),
  },
  {
    name: 'deletes every file that names the port',
    caughtBy: ['reload/two-files-of-one-id', 'reload/other-file-of-one-id-brings-it-back'],
    make: () => ({
      request: (request, { portsDir }) => {
        const id = request.method === 'DELETE' ? idIn(request) : undefined;
        if (id === undefined) return undefined;
        for (const entry of readdirSync(portsDir, { withFileTypes: true })) {
          const path = join(portsDir, entry.name);
          if (entry.isFile() && readFileSync(path, 'utf8').includes(`"id": "${id}"`)) rmSync(path);
        }
        return undefined;
      },
    }),
  },
  {
    name: 'takes away at the start what it did not write',
    caughtBy: [
      'reload/folder-named-like-a-port',
      'reload/nil-name',
      'reload/file-of-the-helper-script',
      'reload/array-in-a-file',
      'reload/name-with-a-suffix',
      'reload/name-in-upper-case',
    ],
    make: () => {
      const journal = new Journal('last');
      return {
        request: journal.note,
        beforeRestart: ({ portsDir }) => {
          for (const name of foreignNames(portsDir, journal))
            rmSync(join(portsDir, name), { recursive: true });
        },
      };
    },
  },
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
