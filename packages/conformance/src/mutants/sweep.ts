import { answerWith, idIn, isAdd, isSync, portsIn, type Mutant } from './mutation.ts';

const DONE = answerWith(200, {});

/** Wrong about syncs. */
export const SWEEP_MUTANTS: readonly Mutant[] = [
  {
    name: 'ignores syncs',
    caughtBy: ['sync-sweep/type-2-goes', 'sync-sweep/file-goes-too', 'sync-sweep/marks-seen'],
    make: () => ({ request: (request) => (isSync(request) ? { answer: DONE } : undefined) }),
  },
  {
    name: 'refuses a sync with a body that is no JSON',
    caughtBy: ['sync-sweep/any-body-2'],
    make: () => ({
      request: (request) =>
        isSync(request) && request.body === 'garbage'
          ? { answer: answerWith(400, { error: 'no JSON' }) }
          : undefined,
    }),
  },
  {
    name: 'sweeps ports of type 1 too',
    caughtBy: ['sync-sweep/type-1-stays'],
    make: () => {
      const namespaces = new Set<string>();
      return {
        request: (request, world) => {
          if (isAdd(request)) for (const { id, type } of portsIn(request)) if (type === 1) namespaces.add(id);
          if (isSync(request)) {
            // Before the agent's own sweep ends the check.
            world.later(world.staleTimeoutMs / 2, async () => {
              for (const id of namespaces) await world.ask('DELETE', `/port/${id}`);
            });
          }
          return undefined;
        },
      };
    },
  },
  {
    name: 'sweeps at once',
    caughtBy: ['sync-sweep/nothing-before-the-deadline'],
    make: () => ({
      answer: async (_answer, request, world) => {
        if (isSync(request)) await world.askAdmin('POST', '/admin/sweep');
        return undefined;
      },
    }),
  },
  {
    name: 'counts two syncs in a row as one',
    caughtBy: ['sync-sweep/added-between-two-syncs', 'sync-sweep/two-syncs-two-sweeps'],
    make: () => {
      let lastMs = -Infinity;
      return {
        request: (request, world) => {
          if (!isSync(request)) return undefined;
          const isSecond = performance.now() - lastMs < world.staleTimeoutMs;
          lastMs = isSecond ? lastMs : performance.now();
          return isSecond ? { answer: DONE } : undefined;
        },
      };
    },
  },
  {
    name: 'takes a GET for an add',
    caughtBy: ['sync-sweep/only-an-add-counts'],
    make: () => ({
      answer: async (answer, request, world) => {
        if (request.method === 'GET' && answer.status === 200) await world.ask('POST', '/port', answer.body);
        return undefined;
      },
    }),
  },
  {
    name: 'takes a refused add for an add',
    caughtBy: ['sync-sweep/refused-add-does-not-count'],
    make: () => ({
      answer: async (answer, request, world) => {
        const [port] = portsIn(request);
        if (!isAdd(request) || answer.status === 200 || port === undefined) return undefined;
        const { status, text } = await world.ask('GET', `/port/${port.id}`);
        if (status === 200) await world.ask('POST', '/port', text);
        return undefined;
      },
    }),
  },
  {
    name: 'sweeps what was added again as well',
    caughtBy: ['sync-sweep/added-again', 'sync-sweep/deleted-and-added-again', 'sync-sweep/link-state-stays'],
    make: () => {
      const ids = new Set<string>();
      return {
        request: (request, world) => {
          if (isAdd(request)) for (const { id } of portsIn(request)) ids.add(id);
          if (isSync(request)) {
            const before = [...ids];
            world.later(world.staleTimeoutMs / 2, async () => {
              for (const id of before) await world.ask('DELETE', `/port/${id}`);
            });
          }
          return undefined;
        },
      };
    },
  },
  {
    name: 'brings deleted ports back before the sweep',
    caughtBy: ['sync-sweep/deleted-after-being-added-again'],
    make: () => {
      const bodies = new Map<string, string>();
      return {
        request: (request, world) => {
          const id = idIn(request);
          if (isAdd(request)) for (const port of portsIn(request)) bodies.set(port.id, JSON.stringify(port));
          const body = request.method === 'DELETE' ? bodies.get(id ?? '') : undefined;
          if (body !== undefined) {
            world.later(world.staleTimeoutMs / 2, async () => void (await world.ask('POST', '/port', body)));
          }
          return undefined;
        },
      };
    },
  },
];
