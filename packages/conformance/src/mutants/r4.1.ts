import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { answerWith, idIn, isSync, type Mutant, type SeenRequest } from './mutation.ts';
import { errorText, fileText, foundText, realError } from './real-agent.ts';

const DONE = answerWith(200, {});
const NIL_GUID = '00000000-0000-0000-0000-000000000000';

const isSubscription = ({ method, path }: SeenRequest): boolean =>
  method === 'POST' && path.split('?')[0] === '/vm';

/** Wrong where R4.0 and R4.1 differ from what came before and after. */
export const NORMALISING_RELEASE_MUTANTS: readonly Mutant[] = [
  {
    name: 'can enable and disable ports',
    caughtBy: ['routing/no-enable-yet', 'routing/no-disable-yet'],
    make: () => ({ request: ({ method }) => (method === 'PUT' ? { answer: DONE } : undefined) }),
  },
  {
    name: 'refuses DELETE of the nil id',
    caughtBy: ['routing/delete-of-nil-id'],
    make: () => ({
      request: (request) =>
        request.method === 'DELETE' && idIn(request) === NIL_GUID
          ? { answer: realError('{ nil }') }
          : undefined,
    }),
  },
  {
    name: 'keeps link states already',
    caughtBy: ['add-accept/no-link-state-yet', 'file-format/every-byte'],
    make: () => fileText((text) => text.replace('"author"', '"link-state": 0,\n    "author"')),
  },
  {
    name: 'tells the keys of GET in another order',
    caughtBy: ['get/operational-keys'],
    make: () =>
      foundText((text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()))),
  },
  {
    name: 'tells MACs of GET as they came',
    caughtBy: ['get/operational-values'],
    make: () => foundText((text) => text.replace(/[0-9a-f]{2}(:[0-9a-f]{2}){5}/, (mac) => mac.toUpperCase())),
  },
  {
    name: 'names another member that a gateway lacks',
    caughtBy: ['gateway-vm/gateway-bad-subnets', 'gateway-vm/gateway-bad-routes-value'],
    make: () =>
      errorText((error) => error.replace(/(subnets|routes)( value)? is missing/, 'gateway is missing')),
  },
  {
    name: 'names files of subscriptions after their machines',
    caughtBy: ['gateway-vm/vm-file', 'gateway-vm/vm-file-keys'],
    make: () => ({
      answer: (answer, request, { portsDir }) => {
        const folder = join(portsDir, 'vm');
        if (!isSubscription(request) || answer.status !== 200) return undefined;
        for (const name of readdirSync(folder)) renameSync(join(folder, name), join(folder, `vm-${name}`));
        return undefined;
      },
    }),
  },
  {
    name: 'keeps subscriptions for ever',
    caughtBy: ['gateway-vm/vm-is-swept'],
    make: () => {
      const made = new Set<string>();
      return {
        request: (request, { ask, later, staleTimeoutMs }) => {
          if (isSubscription(request)) made.add(request.body);
          if (isSync(request))
            for (const body of made)
              later(staleTimeoutMs / 2, async () => void (await ask('POST', '/vm', body)));
          return undefined;
        },
      };
    },
  },
];
