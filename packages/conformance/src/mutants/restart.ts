import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerWith, idIn, isAdd, portsIn, type Mutant } from './mutation.ts';

/** Wrong about what a restart keeps. */
export const RESTART_MUTANTS: readonly Mutant[] = [
  {
    name: 'does not save that a port was enabled',
    caughtBy: ['restart/enabled-before-it', 'reload/helper-script-enabled'],
    make: () => ({
      afterRestart: async ({ portsDir, ask }) => {
        for (const name of readdirSync(portsDir)) await ask('PUT', `/disable-port/${name}`);
      },
    }),
  },
  {
    name: 'loses the port that it answered last',
    caughtBy: ['restart/acknowledged-is-saved', 'restart/rest-after-the-reload'],
    make: () => {
      let last = '';
      return {
        request: (request) => {
          if (isAdd(request)) last = portsIn(request).at(-1)?.id ?? last;
          return undefined;
        },
        afterRestart: async ({ ask }) => void (await ask('DELETE', `/port/${last}`)),
      };
    },
  },
  {
    name: 'brings deleted ports back with a restart',
    caughtBy: ['restart/deleted-stays-deleted'],
    make: () => {
      const deleted = new Map<string, string>();
      return {
        request: async (request, { ask }) => {
          const id = idIn(request);
          if (request.method === 'DELETE' && id !== undefined) {
            deleted.set(id, (await ask('GET', `/port/${id}`)).text);
          }
          return undefined;
        },
        afterRestart: async ({ ask }) => {
          for (const body of deleted.values()) await ask('POST', '/port', body);
        },
      };
    },
  },
  {
    name: 'answers before its ports are loaded',
    caughtBy: ['restart/rest-after-the-reload'],
    make: () => {
      let isLoaded = true;
      return {
        afterRestart: () => {
          isLoaded = false;
        },
        request: ({ method }) => {
          if (isLoaded || method !== 'GET') return undefined;
          isLoaded = true;
          return { answer: answerWith(404, { error: 'Port Not found' }, 'Not Found') };
        },
      };
    },
  },
  {
    name: 'forgets a sync when it is restarted',
    caughtBy: ['restart/sweep-after-a-restart'],
    make: () => ({
      // What was just added is safe from the sweep that is to come.
      afterRestart: async ({ portsDir, ask }) => {
        for (const name of readdirSync(portsDir))
          await ask('POST', '/port', readFileSync(join(portsDir, name), 'utf8'));
      },
    }),
  },
  {
    name: 'writes every file anew when it loads',
    caughtBy: ['reload/reload-writes-nothing'],
    make: () => ({
      afterRestart: ({ portsDir }) => {
        for (const name of readdirSync(portsDir)) {
          const path = join(portsDir, name);
          writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, 'utf8')), null, 2));
        }
      },
    }),
  },
  {
    name: 'leaves bad files where they are',
    caughtBy: ['reload/empty-file-is-set-aside'],
    make: () => {
      let empty: string[] = [];
      return {
        beforeRestart: ({ portsDir }) => {
          empty = readdirSync(portsDir).filter((name) => readFileSync(join(portsDir, name), 'utf8') === '');
        },
        afterRestart: ({ portsDir }) => {
          for (const name of empty) writeFileSync(join(portsDir, name), '');
        },
      };
    },
  },
  {
    name: 'tidies its folder up when it starts',
    caughtBy: ['reload/extra-entries', 'reload/folder-named-like-a-port'],
    make: () => ({
      afterRestart: ({ portsDir }) => {
        for (const name of readdirSync(portsDir, { withFileTypes: true })) {
          if (name.isDirectory() || name.name.startsWith('.'))
            rmSync(join(portsDir, name.name), { recursive: true });
        }
      },
    }),
  },
];
