import type { PortBody } from '../agent/port-body.ts';
import { isAdd, isSync, portsIn, type Mutant, type Mutation, type SeenRequest } from './mutation.ts';
import { foundText } from './real-agent.ts';

const PORT = /<SandeshVmiPortSubscriptionInfo>.*?<\/SandeshVmiPortSubscriptionInfo>/g;

const idOf = (xml: string): string => /<vmi_uuid[^>]*>([^<]*)/.exec(xml)?.[1] ?? '';

/** Changes what the page tells of each port. */
const eachPort = (change: (xml: string, id: string) => string): Mutation =>
  foundText((page) => page.replace(PORT, (xml) => change(xml, idOf(xml))));

/** Puts `ports` at the end of the page. */
const withMore = (page: string, ports: Iterable<string>): string =>
  page.replace('</list>', `${[...ports].join('')}</list>`);

function withVersion(xml: string, change: (version: number) => number): string {
  return xml.replace(
    /(<version[^>]*>)(\d+)/,
    (_all, tag: string, text: string) => tag + change(Number(text)),
  );
}

/** Tells the address with which each port was added first, or last. */
function tellsAddress(which: 'first' | 'last'): Mutation {
  const ports = new Map<string, PortBody>();
  const note = (request: SeenRequest): undefined => {
    for (const port of isAdd(request) ? portsIn(request) : [])
      if (which === 'last' || !ports.has(port.id)) ports.set(port.id, port);
  };
  const page = eachPort((xml, id) =>
    xml.replace(/(<ip4_addr[^>]*>)[^<]*/, `$1${String(ports.get(id)?.['ip-address'])}`),
  );
  return { ...page, request: note };
}

/** Wrong on the page for operators. */
export const INTROSPECT_MUTANTS: readonly Mutant[] = [
  {
    name: 'tells no versions',
    caughtBy: ['introspect/fields', 'introspect/version', 'introspect/version-after-a-restart'],
    make: () => eachPort((xml) => xml.replace(/<version.*<\/version>/, '')),
  },
  {
    name: 'tells fields in another order',
    caughtBy: ['introspect/fields'],
    make: () => eachPort((xml) => xml.replace(/(<tx_vlan.*<\/tx_vlan>)(<rx_vlan.*<\/rx_vlan>)/, '$2$1')),
  },
  {
    name: 'mixes the VLANs up',
    caughtBy: ['introspect/values'],
    make: () => eachPort((xml) => xml.replace(/(<tx_vlan[^>]*>)(\d+)(.*<rx_vlan[^>]*>)(\d+)/, '$1$4$3$2')),
  },
  {
    name: 'goes on telling ports that are gone',
    caughtBy: ['introspect/deleted-port', 'introspect/swept-port'],
    make: () => {
      const told = new Map<string, string>();
      return foundText((page) => {
        const now = new Map((page.match(PORT) ?? []).map((xml) => [idOf(xml), xml]));
        const gone = [...told].filter(([id]) => !now.has(id)).map(([, xml]) => xml);
        for (const [id, xml] of now) told.set(id, xml);
        return withMore(page, gone);
      });
    },
  },
  {
    name: 'tells ports that it refused',
    caughtBy: ['introspect/refused-port'],
    make: () => {
      const refused: string[] = [];
      const page = foundText((text) => withMore(text, refused));
      return {
        request: (request) => {
          for (const { id, ...port } of isAdd(request) ? portsIn(request) : [])
            if (port['mac-address'] === 'none')
              refused.push(`<ifname type="string">${id}</ifname><vmi_uuid type="string">${id}</vmi_uuid>`);
          return undefined;
        },
        ...page,
      };
    },
  },
  {
    name: 'tells all ports, whatever it is asked for',
    caughtBy: ['introspect/one-by-id', 'introspect/one-by-interface'],
    make: () => ({
      request: (request) =>
        request.path.startsWith('/Snh_')
          ? { request: { ...request, path: request.path.split('?')[0] ?? '' } }
          : undefined,
    }),
  },
  {
    name: 'tells each port as it was added first',
    caughtBy: ['introspect/repeated-add-for-another-vm'],
    make: () => tellsAddress('first'),
  },
  {
    name: 'raises the version of every port with a sync',
    caughtBy: ['introspect/version'],
    make: () => {
      let syncCount = 0;
      return {
        ...eachPort((xml) => withVersion(xml, (version) => version + syncCount)),
        request: (request) => {
          if (isSync(request)) syncCount += 1;
          return undefined;
        },
      };
    },
  },
];

/** The same of what only the real agent does. */
export const REAL_INTROSPECT_MUTANTS: readonly Mutant[] = [
  ...INTROSPECT_MUTANTS,
  {
    name: 'tells each port as it was added last',
    caughtBy: ['introspect/repeated-add'],
    make: () => tellsAddress('last'),
  },
  {
    name: 'keeps versions over a restart',
    caughtBy: ['introspect/version-after-a-restart'],
    make: () => {
      let restarts = 0;
      return {
        ...eachPort((xml) => withVersion(xml, (version) => version + restarts)),
        afterRestart: () => void (restarts += 1),
      };
    },
  },
];
