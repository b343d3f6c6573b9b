import { answerWith, idIn, isAdd, portsIn, withPort, type Mutant, type SeenAnswer } from './mutation.ts';

const DONE = answerWith(200, {});

/** Wrong about ports that are there, or are not. */
export const PORT_MUTANTS: readonly Mutant[] = [
  {
    name: 'does not update on a repeated add',
    caughtBy: ['re-add/changed-display-name-is-kept', 're-add/other-vm-is-kept', 'sync-sweep/added-again'],
    make: () => {
      const known = new Set<string>();
      return {
        request: (request) => {
          const id = idIn(request);
          if (request.method === 'DELETE' && id !== undefined) known.delete(id);
          if (!isAdd(request)) return undefined;
          const ids = portsIn(request).map((port) => port.id);
          if (ids.every((one) => known.has(one))) return { answer: DONE };
          for (const one of ids) known.add(one);
          return undefined;
        },
      };
    },
  },
  {
    name: 'disables a port that is added again',
    caughtBy: ['link-state/stays-over-a-repeated-add', 'sync-sweep/link-state-stays'],
    make: () => ({
      request: (request) => {
        const [port] = portsIn(request);
        return isAdd(request) && port?.['type'] === 2 && port['link-state'] === undefined
          ? withPort(request, { ...port, 'link-state': 0 })
          : undefined;
      },
    }),
  },
  {
    name: 'answers 404 to a delete of an unknown port',
    caughtBy: ['delete/unknown-port', 'delete/twice'],
    make: () => ({
      request: async (request, world) => {
        const id = idIn(request);
        if (request.method !== 'DELETE' || id === undefined) return undefined;
        const { status } = await world.ask('GET', `/port/${id}`);
        return status === 404 ? { answer: answerWith(404, { error: 'Port Not found' }) } : undefined;
      },
    }),
  },
  {
    name: 'says yes to a delete and keeps the port',
    caughtBy: ['delete/removes-type-2', 'delete/then-get', 'routing/query-of-delete'],
    make: () => ({ request: ({ method }) => (method === 'DELETE' ? { answer: DONE } : undefined) }),
  },
  {
    name: 'deletes only ports of type 2',
    caughtBy: ['delete/removes-type-0', 'delete/removes-type-1'],
    make: () => ({
      request: async (request, world) => {
        const id = idIn(request);
        if (request.method !== 'DELETE' || id === undefined) return undefined;
        const { text } = await world.ask('GET', `/port/${id}`);
        return /"type":[01]/.test(text) ? { answer: DONE } : undefined;
      },
    }),
  },
  {
    name: 'leaves files alone that are of no port',
    caughtBy: ['delete/file-without-a-port'],
    make: () => ({
      request: async (request, world) => {
        const id = idIn(request);
        if (request.method !== 'DELETE' || id === undefined) return undefined;
        const { status } = await world.ask('GET', `/port/${id}`);
        return status === 404 ? { answer: DONE } : undefined;
      },
    }),
  },
  {
    name: 'answers GET from a cache',
    caughtBy: ['get/follows-enable-and-disable', 'delete/then-get'],
    make: () => {
      const cache = new Map<string, SeenAnswer>();
      return {
        answer: async (_answer, request, world) => {
          if (isAdd(request)) {
            for (const { id } of portsIn(request)) {
              const { status, text } = await world.ask('GET', `/port/${id}`);
              if (status === 200) cache.set(id, answerWith(200, JSON.parse(text)));
            }
          }
          return request.method === 'GET' ? cache.get(idIn(request) ?? '') : undefined;
        },
      };
    },
  },
  {
    name: 'does not tell the link state',
    caughtBy: ['get/every-field', 'restart/enabled-before-it'],
    make: () => ({
      answer: (answer, { method }) =>
        method === 'GET' ? { ...answer, body: answer.body.replace(/,"link-state":[01]/, '') } : undefined,
    }),
  },
  {
    name: 'answers GET of an unknown port with {}',
    caughtBy: ['get/unknown-port', 'routing/get-of-nil-id'],
    make: () => ({
      answer: (answer, { method }) => (method === 'GET' && answer.status === 404 ? DONE : undefined),
    }),
  },
  {
    name: 'tells no VLAN as 65535',
    caughtBy: ['get/no-vlan-is-minus-one'],
    make: () => ({
      answer: (answer, { method }) =>
        method === 'GET'
          ? { ...answer, body: answer.body.replaceAll('-vlan-id":-1', '-vlan-id":65535') }
          : undefined,
    }),
  },
  {
    name: 'says yes to enable and does nothing',
    caughtBy: ['link-state/enable', 'link-state/any-body-1', 'get/follows-enable-and-disable'],
    make: () => ({
      request: ({ path }) => (path.startsWith('/enable-port/') ? { answer: DONE } : undefined),
    }),
  },
  {
    name: 'enables unknown ports',
    caughtBy: ['link-state/enable-unknown-port', 'link-state/nil-id', 'add-reject/leaves-no-port'],
    make: () => ({
      answer: (answer, { path }) =>
        path.startsWith('/enable-port/') && answer.status === 404 ? DONE : undefined,
    }),
  },
  {
    name: 'enables and disables ports of any type',
    caughtBy: ['link-state/enable-type-0', 'link-state/disable-type-1'],
    make: () => ({
      answer: (answer, { method }) => (method === 'PUT' && answer.status === 400 ? DONE : undefined),
    }),
  },
  {
    name: 'takes the body of enable for the state',
    caughtBy: ['link-state/any-body-4'],
    make: () => ({
      request: (request) =>
        request.path.startsWith('/enable-port/') && request.body === '{"link-state":0}'
          ? { request: { ...request, path: request.path.replace('enable', 'disable') } }
          : undefined,
    }),
  },
  {
    name: 'loses every tenth add',
    caughtBy: ['robustness/parallel-clients'],
    make: () => {
      let addsCount = 0;
      return {
        request: (request) => (isAdd(request) && (addsCount += 1) % 10 === 0 ? { answer: DONE } : undefined),
      };
    },
  },
];
