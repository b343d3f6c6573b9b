import { NIL_GUID } from '@vrouter/port-model';
import { samplePort } from '@vrouter/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LiveAgent } from '../../../testing/live-agent.ts';
import { RawClient, realAnswer } from '../../../testing/raw-client.ts';
import { REAL_PROFILES, sampleBody, type RealProfile } from '../../../testing/real-profiles.ts';
import { jsonString } from '../json/write.ts';
import { bytesOf } from '../json/unescape.ts';

const PORT = samplePort(1);
const OK = realAnswer(200, '{}');
const RX_ONLY = 'Invalid request. RX (isolated) vlan set, but TX vlan not set';
const BAD_MAC = 'Invalid MAC, Use xx:xx:xx:xx:xx:xx format';
const NO_ADDRESS = 'Neither Ipv4 nor IPv6 address is correct, ';

/** The message of a refusal, or null for success; `modern` is for R4.1 and Tungsten Fabric. */
interface Expected {
  readonly r3: string | null;
  readonly modern: string | null;
}

const both = (message: (body: string) => string) => (body: string) => ({
  r3: message(body),
  modern: message(body),
});
const missing = (kind: 'data' | 'field', name: string) => (body: string) => ({
  r3: `Json string does not have all required members, ${name} is missing ==> ${body}`,
  modern: `Invalid or missing ${kind} for <${name}>`,
});
const anyOf = (expected: Expected) => () => expected;

type Row = readonly [what: string, body: string, expected: (body: string) => Expected];

const FIELDS = {
  data: ['id', 'instance-id', 'vn-id', 'vm-project-id'],
  field: [
    'display-name',
    'ip-address',
    'ip6-address',
    'type',
    'system-name',
    'mac-address',
    'rx-vlan-id',
    'tx-vlan-id',
  ],
} as const;

const changed = (
  what: string,
  changes: Record<string, unknown>,
  r3: string | null,
  modern: string | null,
): Row => [what, sampleBody(1, changes), anyOf({ r3, modern })];
const withText = (what: string, from: string, to: string, expected: Row[2]): Row => [
  what,
  sampleBody().replace(from, to),
  expected,
];

const ROWS: readonly Row[] = [
  ...['', '  ', '{} x', '{"a":1,}', '// c\n{}', 'NaN', '"\\ud800"', 'b"\\\t/\u00e9'].map((body): Row => [
    `no JSON: ${JSON.stringify(body)}`,
    body,
    both((text) => `Invalid Json string ==> ${text}`),
  ]),
  ...['5', '"a"', 'null', 'true'].map((body): Row => [
    `neither object nor array: ${body}`,
    body,
    both((text) => `Unexpected Json string ==> ${text}`),
  ]),
  ...(['data', 'field'] as const).flatMap((kind) =>
    FIELDS[kind].flatMap((name): Row[] => [
      [`${name} is missing`, sampleBody(1, { [name]: undefined }), missing(kind, name)],
      [`${name} is of another type`, sampleBody(1, { [name]: [] }), missing(kind, name)],
    ]),
  ),
  ...['2.0', '2e0', '2147483648', 'true', 'null', '"2"'].map((type) =>
    withText(`type ${type}`, '"type":2', `"type":${type}`, missing('field', 'type')),
  ),
  [
    'the first of several missing ones is told',
    sampleBody(1, { 'system-name': undefined, 'ip-address': undefined }),
    (body) => ({
      r3: missing('field', 'system-name')(body).r3,
      modern: missing('field', 'ip-address')(body).modern,
    }),
  ],
  changed('id that is none', { id: 'garbage' }, 'invalid port uuid, ', null),
  changed('instance that is none', { 'instance-id': 'garbage' }, 'invalid instance uuid, ', null),
  changed('network that is none', { 'vn-id': 'garbage' }, null, null),
  changed('project that is none', { 'vm-project-id': '' }, null, null),
  changed('no address', { 'ip-address': 'None', 'ip6-address': 'None' }, NO_ADDRESS, null),
  changed('address of zeros', { 'ip-address': '0.0.0.0', 'ip6-address': 'None' }, null, null),
  changed('IPv6 alone', { 'ip-address': 'fd11::3', 'ip6-address': 'fd11::3' }, null, null),
  changed('type 0 without network', { type: 0, 'vn-id': 'x' }, 'invalid VN uuid, ', 'Invalid VN uuid'),
  changed('type 7 without network', { type: 7, 'vn-id': NIL_GUID }, 'invalid VN uuid, ', 'Invalid VN uuid'),
  changed('type 1 without network', { type: 1, 'vn-id': 'x' }, null, null),
  changed('type 0 is asked for no interface', { type: 0, 'system-name': 'no such' }, null, null),
  changed('MAC without colons', { 'mac-address': '02-1a-00-00-00-01' }, BAD_MAC, BAD_MAC),
  changed('MAC of zeros', { 'mac-address': '00:00:00:00:00:00' }, null, BAD_MAC),
  changed('MAC that is none', { 'mac-address': 'a:b:c:d:e:z' }, null, BAD_MAC),
  changed('MAC with a blank behind', { 'mac-address': '02:00:00:00:00:01 ' }, null, BAD_MAC),
  changed('MAC with a blank before, of one digit each', { 'mac-address': ' 2:A:3:4:5:6' }, null, null),
  changed('RX without TX', { 'tx-vlan-id': -1 }, RX_ONLY, null),
  changed('TX without RX', { 'rx-vlan-id': -1 }, null, null),
  changed('TX is the one VLAN that the check hits', { 'tx-vlan-id': 65534 }, null, RX_ONLY),
  changed('the check takes -1 for a VLAN', { 'tx-vlan-id': 65534, 'rx-vlan-id': -1 }, null, RX_ONLY),
  changed('the check lets 65535 pass', { 'tx-vlan-id': 65534, 'rx-vlan-id': 65535 }, null, null),
  changed('VLANs without measure', { 'tx-vlan-id': 70000, 'rx-vlan-id': 2147483647 }, null, null),
  changed('optional members of other types', { 'vhostuser-mode': 'x', 'link-state': 'x' }, null, null),
  changed(
    'everything wrong at once',
    {
      id: '',
      'instance-id': '',
      'vn-id': '',
      type: 0,
      'ip-address': '',
      'ip6-address': '',
      'mac-address': '',
      'tx-vlan-id': -1,
    },
    `${NO_ADDRESS}invalid port uuid, invalid instance uuid, invalid VN uuid, ${BAD_MAC}${RX_ONLY}`,
    'Invalid VN uuid',
  ),
  ['an empty array', '[]', anyOf({ r3: null, modern: null })],
  ['an array of nothing', '[1]', () => ({ r3: 'Json Array has invalid element ==> [1]', modern: null })],
  [
    'an array with a bad element',
    `[${sampleBody(2)},${sampleBody(1, { id: undefined })}]`,
    (body) => ({ ...missing('data', 'id')(body), modern: null }),
  ],
];

const agents = new Map<RealProfile, LiveAgent>();
beforeAll(async () => {
  for (const profile of REAL_PROFILES) agents.set(profile, await new LiveAgent({ profile }).start());
});
afterAll(async () => {
  for (const agent of agents.values()) await agent.remove();
});

let client: RawClient | undefined;
afterEach(() => client?.close());

function agentOf(profile: RealProfile): LiveAgent {
  const agent = agents.get(profile);
  if (agent === undefined) throw new Error(`${profile} is not started`);
  client = new RawClient(agent.url);
  return agent;
}

for (const profile of REAL_PROFILES) {
  test(`${profile}: every refusal in its own words, and nothing is added then`, async () => {
    const agent = agentOf(profile);
    for (const [what, body, expected] of ROWS) {
      const bytes = bytesOf(body);
      const message = expected(bytes)[profile === 'r3.1' ? 'r3' : 'modern'];
      const answer = message === null ? OK : realAnswer(500, `{"error":${jsonString(`{ ${message} }`)}}`);
      expect(await client!.request('POST', '/port', bytes), what).toBe(answer);
      const { ports } = await agent.state();
      if (message !== null || body.startsWith('[')) expect(ports, what).toEqual([]);
      for (const port of ports) await deletePort(agent, port.id);
    }
  });

  test(`${profile}: a body is echoed byte by byte, even if it is no UTF-8`, async () => {
    agentOf(profile);
    const body = '\u00ff\u0000x';
    expect(await client!.request('POST', '/port', body)).toBe(
      realAnswer(500, '{"error":"{ Invalid Json string ==> \u00ff"}'), // C strings end at the zero
    );
  });

  test(`${profile}: the id is what its first 36 characters say, in lower case`, async () => {
    const agent = agentOf(profile);
    for (const id of [` ${PORT.id}`, `${PORT.id}.tmp`, PORT.id.toUpperCase()]) {
      expect(await client!.request('POST', '/port', sampleBody(1, { id }))).toBe(OK);
      expect((await agent.state()).ports.map((port) => port.id)).toEqual([PORT.id]);
      await deletePort(agent, PORT.id);
    }
  });
}

test('R3.1 glues its VLANs from what it got; later releases cut them to 16 bits', async () => {
  const cases: [RealProfile, number, number, number, number][] = [
    ['r3.1', 0, 100, 100, 100],
    ['r3.1', -1, -1, 65535, 65535],
    ['r3.1', 70000, 7, 4464, 7],
    ['r4.1', 0, 100, 0, 100],
    ['tf', -1, 65536, 65535, 0],
  ];
  for (const [profile, rx, tx, rxStored, txStored] of cases) {
    const agent = agentOf(profile);
    const body = sampleBody(1, { 'rx-vlan-id': rx, 'tx-vlan-id': tx });
    expect(await client!.request('POST', '/port', body)).toBe(OK);
    const [port] = (await agent.state()).ports;
    expect(port?.port).toMatchObject({ 'rx-vlan-id': rxStored, 'tx-vlan-id': txStored });
    await deletePort(agent, PORT.id);
    client!.close();
  }
});

/** A port with the nil id cannot be deleted by name: a sweep takes it. */
async function deletePort(agent: LiveAgent, id: string): Promise<void> {
  await client!.request('DELETE', `/port/${id}`);
  if (id !== NIL_GUID) return;
  await client!.request('POST', '/syncports');
  await agent.admin('/admin/sweep', 'POST');
}
