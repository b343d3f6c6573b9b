import { samplePort } from '@vrouter/testkit';
import fc, { type Arbitrary } from 'fast-check';

/** Few, so that attacks meet on the same ones. */
const PORTS = 32;
const REQUESTS_MAX = 4;

/** A request whose framing is in order; `body`: text, sent as UTF-8. */
export function requestText(method: string, path: string, body?: string): string {
  const bytes = Buffer.from(body ?? '').toString('latin1');
  const length = body === undefined ? '' : `Content-Length: ${bytes.length}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: agent\r\n${length}\r\n${bytes}`;
}

export const portNumber = fc.integer({ min: 1, max: PORTS });

const changes = fc.record(
  {
    type: fc.constantFrom(0, 1, 2),
    'tx-vlan-id': fc.integer({ min: -1, max: 4095 }),
    'display-name': fc.string({ unit: 'grapheme', maxLength: 40 }),
    'ip-address': fc.oneof(fc.ipV4(), fc.constantFrom('None', '')),
    'ip6-address': fc.oneof(fc.ipV6(), fc.constantFrom('None', '')),
    'link-state': fc.constantFrom(0, 1),
    'instance-id': fc.uuid(),
  },
  { requiredKeys: [] },
);

/** What a client would post, with values that it might have. */
export const portBody = fc
  .tuple(portNumber, changes)
  .map(([number, own]) => ({ ...samplePort(number), ...own }));

const add = fc
  .oneof(portBody, fc.array(portBody, { maxLength: 8 }))
  .map((body) => requestText('POST', '/port', JSON.stringify(body)));

const ofPort = fc
  .tuple(
    portNumber,
    fc.constantFrom(
      ['DELETE', '/port/'],
      ['GET', '/port/'],
      ['PUT', '/enable-port/'],
      ['PUT', '/disable-port/'],
    ),
  )
  .map(([number, [method = '', path = '']]) => requestText(method, `${path}${samplePort(number).id}?type=2`));

const sync = fc.constant(requestText('POST', '/syncports', '{"type":2}'));

const subscription = fc.tuple(portNumber, fc.string({ maxLength: 20 })).map(([number, name]) => {
  const { id, 'instance-id': vm, 'vn-id': vn } = samplePort(number);
  const body = { 'vm-uuid': vm, 'vm-name': name, 'host-ifname': 'tap', 'vn-uuid': vn, 'vmi-uuid': id };
  return requestText('POST', '/vm', JSON.stringify(body));
});

const ofVm = fc
  .tuple(portNumber, fc.constantFrom('GET', 'DELETE'))
  .map(([number, method]) => requestText(method, `/vm/${samplePort(number)['instance-id']}`));

/** What clients really send, one or several in one go: so that there is something to break. */
export const randomRequests: Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: add },
      { weight: 4, arbitrary: ofPort },
      { weight: 1, arbitrary: sync },
      { weight: 1, arbitrary: subscription },
      { weight: 1, arbitrary: ofVm },
    ),
    { minLength: 1, maxLength: REQUESTS_MAX },
  )
  .map((requests) => requests.join(''));
