import { answerWith, idIn, isAdd, isSync, portsIn, withPort, type Mutant } from './mutation.ts';
import { errorText, fileText, foundText } from './real-agent.ts';

const DONE = answerWith(200, {});
const NIL_GUID = '00000000-0000-0000-0000-000000000000';

/** As later releases are, or as they should have been: wrong for the first one. */
export const FIRST_RELEASE_MUTANTS: readonly Mutant[] = [
  {
    name: 'does not echo what it could not read',
    caughtBy: ['add-reject/trailing-comma', 'add-reject/echo-is-escaped'],
    make: () => errorText((error) => error.replace(/==> .* \}$/s, '==>  }')),
  },
  {
    name: 'counts generations in 16 bits',
    caughtBy: ['sync-sweep/marks-wrap'],
    make: () => {
      let syncCount = 0;
      return {
        request: (request, { ask, later, staleTimeoutMs }) => {
          if (isSync(request)) syncCount += 1;
          if (!isAdd(request) || syncCount < 65_536) return undefined;
          for (const { id } of portsIn(request))
            later(staleTimeoutMs / 2, async () => void (await ask('DELETE', `/port/${id}`)));
          return undefined;
        },
      };
    },
  },
  {
    name: 'can enable and disable ports',
    caughtBy: ['routing/no-enable-yet', 'routing/no-disable-yet'],
    make: () => ({ request: ({ method }) => (method === 'PUT' ? { answer: DONE } : undefined) }),
  },
  {
    name: 'takes DELETE of the nil id',
    caughtBy: ['routing/delete-of-nil-id-is-refused'],
    make: () => ({ request: (request) => (idIn(request) === NIL_GUID ? { answer: DONE } : undefined) }),
  },
  {
    name: 'escapes quotes in its files',
    caughtBy: ['add-accept/name-with-a-quote-spoils-the-file'],
    make: () =>
      fileText((text) =>
        text.replace(/(?<="display-name": ").*?(?=", ")/, (name) => name.replaceAll('"', '\\"')),
      ),
  },
  {
    name: 'normalises what it writes to files',
    caughtBy: ['file-format/values-as-they-came'],
    make: () => fileText((text) => text.toLowerCase()),
  },
  {
    name: 'indents what GET finds',
    caughtBy: ['get/one-line'],
    make: () => foundText((text) => JSON.stringify(JSON.parse(text), null, 4)),
  },
  {
    name: 'tells a VLAN that is not set as -1',
    caughtBy: ['get/no-vlan-is-65535'],
    make: () => foundText((text) => text.replaceAll('65535', '-1')),
  },
  {
    name: 'takes MACs with any marks between their bytes',
    caughtBy: ['add-values/mac-without-five-colons-1'],
    make: () => ({
      request: (request) => {
        const [port] = portsIn(request);
        const mac = port?.['mac-address'];
        if (port === undefined || typeof mac !== 'string') return undefined;
        return withPort(request, { ...port, 'mac-address': mac.replaceAll('-', ':') });
      },
    }),
  },
  {
    name: 'takes an isolated VLAN alone',
    caughtBy: ['add-values/isolated-vlan-without-primary'],
    make: () => ({
      request: (request) => {
        const [port] = portsIn(request);
        if (port === undefined || port['rx-vlan-id'] === port['tx-vlan-id']) return undefined;
        return withPort(request, { ...port, 'tx-vlan-id': port['rx-vlan-id'] });
      },
    }),
  },
];
