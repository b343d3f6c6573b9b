import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { idIn, isAdd, portsIn, type Mutant, type Mutation, type World } from './mutation.ts';

const FILE_MS_MAX = 2_000;
const POLL_MS = 5;

/** Spoils the file of each port once it was added; under load it may come some moments after the answer. */
function afterAdd(spoil: (path: string) => void): Mutation {
  return {
    answer: async (answer, request, { portsDir }) => {
      if (isAdd(request) && answer.status === 200) {
        for (const { id } of portsIn(request)) {
          const path = join(portsDir, id);
          const untilMs = performance.now() + FILE_MS_MAX;
          while (!existsSync(path) && performance.now() < untilMs) await sleep(POLL_MS);
          if (existsSync(path)) spoil(path);
        }
      }
      return undefined;
    },
  };
}

/** Writes each port's file anew, formatted in another way. */
function rewritten(format: (record: Record<string, unknown>) => string): () => Mutation {
  return () =>
    afterAdd((path) =>
      writeFileSync(path, format(JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>)),
    );
}

const asText = (record: object): string => JSON.stringify(record, null, 4);
const newTime = (path: string): void =>
  writeFileSync(path, readFileSync(path, 'utf8').replace(/"time": ".*"/, '"time": "424716:04:42"'));

const filePath = (world: World, id: string): string => join(world.portsDir, id);

/** Wrong about the folder of port files. */
export const FILE_MUTANTS: readonly Mutant[] = [
  {
    name: 'ends files with a new line',
    caughtBy: ['file-format/no-newline-at-the-end', 'file-format/every-byte'],
    make: () => afterAdd((path) => appendFileSync(path, '\n')),
  },
  {
    name: 'writes keys in alphabetical order',
    caughtBy: ['file-format/key-order', 'file-format/every-byte', 'file-format/every-byte-of-type-0'],
    make: rewritten((record) =>
      asText(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))),
    ),
  },
  {
    name: 'indents by two blanks',
    caughtBy: ['file-format/every-byte'],
    make: rewritten((record) => JSON.stringify(record, null, 2)),
  },
  {
    name: 'writes files in one line',
    caughtBy: ['file-format/every-byte', 'file-format/every-byte-of-type-1'],
    make: rewritten((record) => JSON.stringify(record)),
  },
  {
    name: 'writes the time as ISO 8601',
    caughtBy: ['file-format/author-and-time'],
    make: rewritten((record) => asText({ ...record, time: '2018-06-14T12:04:42Z' })),
  },
  {
    name: 'leaves the author out',
    caughtBy: ['file-format/key-order', 'file-format/every-byte'],
    make: rewritten((record) => asText({ ...record, author: undefined })),
  },
  {
    name: 'writes link-state for every type',
    caughtBy: ['add-accept/no-link-state-for-type-0', 'add-accept/no-link-state-for-type-1'],
    make: rewritten((record) => asText({ ...record, 'link-state': 1 })),
  },
  {
    name: 'writes VLANs as they were sent',
    caughtBy: ['add-accept/no-vlans'],
    make: rewritten((record) => asText(record).replaceAll('65535', '-1')),
  },
  {
    name: 'names files after the id with an ending',
    caughtBy: ['add-accept/file-is-there', 'persistence/nothing-but-ports'],
    make: () =>
      afterAdd((path) => {
        writeFileSync(`${path}.json`, readFileSync(path));
        rmSync(path);
      }),
  },
  {
    name: 'leaves temporary files in the folder',
    caughtBy: ['persistence/nothing-but-ports'],
    make: () => afterAdd((path) => writeFileSync(`${path}.tmp`, '')),
  },
  {
    name: 'writes the file anew on a repeated add',
    caughtBy: ['re-add/same-port-leaves-the-file'],
    make: () => {
      const known = new Set<string>();
      return afterAdd((path) => {
        if (known.has(path)) newTime(path);
        known.add(path);
      });
    },
  },
  {
    name: 'writes the file anew on a second enable',
    caughtBy: ['link-state/enable-twice', 'link-state/disable-twice'],
    make: () => ({
      request: async (request, world) => {
        const id = idIn(request);
        if (request.method !== 'PUT' || id === undefined) return undefined;
        const wanted = request.path.startsWith('/enable-port/') ? 1 : 0;
        const { text } = await world.ask('GET', `/port/${id}`);
        if (text.includes(`"link-state":${wanted}`)) newTime(filePath(world, id));
        return undefined;
      },
    }),
  },
  {
    name: 'writes files in place, so that readers see half of one',
    caughtBy: ['persistence/whole-at-any-moment'],
    make: () => ({
      request: (request, world) => {
        const id = idIn(request);
        if (request.method !== 'PUT' || id === undefined) return undefined;
        const path = filePath(world, id);
        writeFileSync(path, readFileSync(path, 'utf8').slice(0, 40));
        return undefined;
      },
    }),
  },
  {
    name: 'keeps the file of a deleted port',
    caughtBy: ['delete/removes-type-2', 'delete/removes-type-1'],
    make: () => {
      const saved = new Map<string, string>();
      return {
        request: (request, world) => {
          const id = idIn(request);
          if (request.method !== 'DELETE' || id === undefined) return undefined;
          if (existsSync(filePath(world, id))) saved.set(id, readFileSync(filePath(world, id), 'utf8'));
          return undefined;
        },
        answer: (_answer, request, world) => {
          const text = saved.get(idIn(request) ?? '');
          if (request.method === 'DELETE' && text !== undefined)
            writeFileSync(filePath(world, idIn(request) ?? ''), text);
          return undefined;
        },
      };
    },
  },
  {
    name: 'empties the folder of what it does not know',
    caughtBy: ['persistence/somebody-elses-file'],
    make: () => ({
      answer: (_answer, request, { portsDir }) => {
        if (!isAdd(request)) return undefined;
        for (const name of readdirSync(portsDir)) {
          const path = join(portsDir, name);
          if (!readFileSync(path, 'utf8').startsWith('{')) rmSync(path);
        }
        return undefined;
      },
    }),
  },
];
