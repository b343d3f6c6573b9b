import { NIL_GUID } from '@vrouter/port-model';
import { expectFile, expectKnown, fileOf, parsed } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { DONE } from '../expected/reply.ts';
import { ALL, MODERN, profilesOf, WITH_LINK_STATE, type ByProfile } from '../profiles.ts';

/** Extras that original clients send along. */
const EXTRAS = { name: 'x', uuid: 'y', fq_name: ['a', 'b'], parent_type: 'project' };
const NAME = 'web "1" \\ two\nlines, ü, 漢 and \u{1F600}';

type Fields = Readonly<Record<string, unknown>>;

/** A port with `sent` in it is accepted, and its file then holds `stored`. */
function stores(
  check: Pick<Check, 'name' | 'fact' | 'title'>,
  sent: Fields,
  stored: ByProfile<Fields>,
): Check {
  return {
    ...check,
    profiles: profilesOf(stored),
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port(sent);
      await agent.add(port);
      await expectFile(agent, port.id, agent.choose(stored));
    },
  };
}

/** A port with `sent` in it is accepted. */
function accepts(check: Omit<Check, 'run'>, sent: Fields): Check {
  return { ...check, run: (agent) => agent.add(agent.port(sent)) };
}

const NORMALISED = ['blueprint', 'r4.1', 'tf'] as const;
const normalised = (fields: Fields): ByProfile<Fields> =>
  Object.fromEntries(NORMALISED.map((profile) => [profile, fields]));

export const addAccept = topic('add-accept', [
  {
    name: 'port-is-there',
    fact: '17',
    title: 'a port that was added is there',
    profiles: ALL,
    needs: ['presence'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await expectKnown(agent, port.id);
    },
  },
  {
    name: 'file-is-there',
    fact: '17',
    title: 'a port that was added has a file named after its id',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      agent.expect.equal('id in the file', parsed(await fileOf(agent, port.id))['id'], port.id);
    },
  },
  {
    name: 'unknown-fields',
    fact: '18',
    title: 'fields that nobody knows are accepted and not kept',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port(EXTRAS);
      await agent.add(port);
      const record = parsed(await fileOf(agent, port.id));
      agent.expect.equal(
        'extras in the file',
        Object.keys(EXTRAS).filter((key) => key in record),
        [],
      );
    },
  },
  {
    name: 'keys-in-any-order',
    fact: '19',
    title: 'the fields of a port may come in any order',
    profiles: ALL,
    run: async (agent) => {
      await agent.add(Object.fromEntries(Object.entries(agent.port()).reverse()) as { id: string });
    },
  },
  {
    name: 'blanks-around-the-body',
    fact: '221',
    title: 'white space around the JSON does not matter',
    profiles: ALL,
    run: async (agent) => {
      await agent.ask('POST', '/port', `\r\n\t ${JSON.stringify(agent.port(), null, 2)} \n`, DONE);
    },
  },
  {
    name: 'id-with-leading-blanks',
    fact: '21',
    title: 'blanks before the id do not matter',
    profiles: MODERN,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.ask('POST', '/port', { ...port, id: `  ${port.id}` }, DONE);
      await expectFile(agent, port.id, { id: port.id });
    },
  },
  {
    name: 'id-with-trailing-text',
    fact: '21',
    title: 'text after the 36 characters of the id does not matter',
    profiles: MODERN,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.ask('POST', '/port', { ...port, id: `${port.id}.tmp` }, DONE);
      await expectFile(agent, port.id, { id: port.id });
    },
  },
  {
    name: 'id-in-upper-case',
    fact: '222',
    title: 'an id in upper case is the same port, kept in lower case',
    profiles: NORMALISED,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.ask('POST', '/port', { ...port, id: port.id.toUpperCase() }, DONE);
      await expectFile(agent, port.id, { id: port.id });
      agent.expect.equal('a file in upper case', agent.folder.has(port.id.toUpperCase()), false);
    },
  },
  stores(
    {
      name: 'instance-that-is-none',
      fact: '223',
      title: 'an instance id that cannot be read becomes the nil id',
    },
    { 'instance-id': 'garbage' },
    { modern: { 'instance-id': NIL_GUID } },
  ),
  accepts(
    { name: 'no-project', fact: '23', title: 'the project may be empty', profiles: ALL },
    { 'vm-project-id': '' },
  ),
  stores(
    { name: 'no-project-is-nil', fact: '23', title: 'an empty project is kept as the nil id' },
    { 'vm-project-id': '' },
    normalised({ 'vm-project-id': NIL_GUID }),
  ),
  stores(
    { name: 'ipv6-in-the-ipv4-field', fact: '25', title: 'an IPv6 address in ip-address is kept as 0.0.0.0' },
    { 'ip-address': 'fd11::3' },
    { modern: { 'ip-address': '0.0.0.0' } },
  ),
  stores(
    { name: 'no-ipv6', fact: '26', title: 'None in ip6-address is kept as ::' },
    { 'ip6-address': 'None' },
    { ...normalised({ 'ip6-address': '::' }), 'r3.1': { 'ip6-address': 'None' } },
  ),
  stores(
    { name: 'no-ipv4', fact: '224', title: 'None in ip-address is kept as 0.0.0.0' },
    { 'ip-address': 'None' },
    normalised({ 'ip-address': '0.0.0.0' }),
  ),
  stores(
    { name: 'empty-addresses', fact: '224', title: 'empty addresses are kept as 0.0.0.0 and ::' },
    { 'ip-address': '', 'ip6-address': '' },
    normalised({ 'ip-address': '0.0.0.0', 'ip6-address': '::' }),
  ),
  ...['10.0.0', '10.0.0.256', '010.0.0.1', ' 10.0.0.3'].map((address, index) =>
    stores(
      { name: `ipv4-that-is-none-${index + 1}`, fact: '225', title: `"${address}" is kept as 0.0.0.0` },
      { 'ip-address': address },
      { modern: { 'ip-address': '0.0.0.0' } },
    ),
  ),
  stores(
    {
      name: 'ipv6-is-normalised',
      fact: '226',
      title: 'an IPv6 address is kept in lower case and short form',
    },
    { 'ip6-address': 'FD11:0:0:0:0:0:0:3' },
    normalised({ 'ip6-address': 'fd11::3' }),
  ),
  stores(
    { name: 'no-vlans', fact: '27', title: 'VLANs of -1 are kept as 65535 (R3.1: as -1)' },
    { 'rx-vlan-id': -1, 'tx-vlan-id': -1 },
    {
      ...normalised({ 'rx-vlan-id': 65535, 'tx-vlan-id': 65535 }),
      'r3.1': { 'rx-vlan-id': -1, 'tx-vlan-id': -1 },
    },
  ),
  ...[
    [65536, 0],
    [2147483647, 65535],
    [70000, 4464],
  ].map(([sent, stored]) =>
    stores(
      { name: `vlan-${sent}`, fact: '227', title: `a VLAN of ${sent} is kept in 16 bits, as ${stored}` },
      { 'rx-vlan-id': sent },
      { modern: { 'rx-vlan-id': stored } },
    ),
  ),
  stores(
    { name: 'no-vhostuser-mode', fact: '29', title: 'without vhostuser-mode 0 is kept' },
    {},
    normalised({ 'vhostuser-mode': 0 }),
  ),
  stores(
    { name: 'vhostuser-mode', fact: '228', title: 'vhostuser-mode is kept' },
    { 'vhostuser-mode': 1 },
    normalised({ 'vhostuser-mode': 1 }),
  ),
  stores(
    { name: 'type-7', fact: '30', title: 'a type that is none is kept as 0' },
    { type: 7 },
    { modern: { type: 0 } },
  ),
  stores(
    {
      name: 'network-that-is-none',
      fact: '31',
      title: 'for type 2 a network id that cannot be read becomes nil',
    },
    { 'vn-id': 'garbage' },
    { modern: { 'vn-id': NIL_GUID } },
  ),
  ...['0A:BC:DE:F0:12:34', '2:1:3:4:5:6', ' 02:01:03:04:05:06'].map((mac, index) =>
    stores(
      {
        name: `mac-as-given-${index + 1}`,
        fact: '33',
        title: `the MAC "${mac}" is accepted and kept as given`,
      },
      { 'mac-address': mac },
      { real: { 'mac-address': mac } },
    ),
  ),
  stores(
    { name: 'mac-in-upper-case', fact: '229', title: 'a MAC in upper case is kept in lower case' },
    { 'mac-address': '0A:BC:DE:F0:12:34' },
    { blueprint: { 'mac-address': '0a:bc:de:f0:12:34' } },
  ),
  stores(
    {
      name: 'name-of-any-characters',
      fact: '34',
      title: 'a name with quotes, lines and any script is kept as it is',
    },
    { 'display-name': NAME },
    normalised({ 'display-name': NAME }),
  ),
  {
    name: 'name-with-a-quote-spoils-the-file',
    fact: '230',
    title: 'a quote in the name is written unescaped, so the file is no JSON',
    profiles: ['r3.1'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port({ 'display-name': 'a"b' });
      await agent.add(port);
      agent.expect.match('file', await fileOf(agent, port.id), /"display-name": "a"b", /);
    },
  },
  stores(
    { name: 'link-state-starts-at-0', fact: '35', title: 'a port of type 2 starts disabled' },
    {},
    { blueprint: { 'link-state': 0 }, tf: { 'link-state': 0 } },
  ),
  stores(
    {
      name: 'link-state-of-the-request',
      fact: '35',
      title: 'a port of type 2 with link-state 1 starts enabled',
    },
    { 'link-state': 1 },
    { blueprint: { 'link-state': 1 }, tf: { 'link-state': 1 } },
  ),
  ...[0, 1].map((type): Check => ({
    name: `no-link-state-for-type-${type}`,
    fact: '35',
    title: `the file of a port of type ${type} has no link-state`,
    profiles: WITH_LINK_STATE,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port({ type, 'system-name': 'lo' });
      await agent.add(port);
      agent.expect.equal('has link-state', 'link-state' in parsed(await fileOf(agent, port.id)), false);
    },
  })),
  {
    name: 'no-link-state-yet',
    fact: '231',
    title: 'link-state is a field that this release does not know: it is not kept',
    profiles: ['r3.1', 'r4.1'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port({ 'link-state': 1 });
      await agent.add(port);
      agent.expect.equal('has link-state', 'link-state' in parsed(await fileOf(agent, port.id)), false);
    },
  },
  ...[0, 1].map((type) =>
    accepts(
      { name: `type-${type}`, fact: '232', title: `a port of type ${type} is accepted`, profiles: ALL },
      { type, 'system-name': 'lo' },
    ),
  ),
  {
    name: 'first-of-two-keys',
    fact: '233',
    title: 'when a key stands twice, the first counts',
    profiles: MODERN,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      const twice = JSON.stringify(port).replace(/}$/, ',"display-name":"second"}');
      await agent.ask('POST', '/port', twice, DONE);
      await expectFile(agent, port.id, { 'display-name': port['display-name'] });
    },
  },
  {
    name: 'same-port-in-either-case',
    fact: '222',
    title: 'two adds that differ only in the case of the id are one port',
    profiles: NORMALISED,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.ask('POST', '/port', { ...port, id: port.id.toUpperCase() }, DONE);
      await expectFile(agent, port.id, { id: port.id });
      agent.expect.equal('a file in upper case', agent.folder.has(port.id.toUpperCase()), false);
    },
  },
  {
    name: 'isolated-vlan-without-primary',
    fact: '234',
    title: 'an isolated VLAN without a primary one is accepted',
    profiles: NORMALISED,
    run: (agent) => agent.add(agent.port({ 'rx-vlan-id': 101, 'tx-vlan-id': -1 })),
  },
  {
    name: 'isolated-vlan-0',
    fact: '235',
    title: 'an isolated VLAN of 0 becomes the primary one',
    profiles: ['r3.1'],
    run: async (agent) => {
      const port = agent.port({ 'rx-vlan-id': 0 });
      await agent.add(port);
      await agent.settled(async () => {
        const { text } = await agent.send('GET', `/port/${port.id}`);
        agent.expect.equal('rx-vlan-id of GET', parsed(text)['rx-vlan-id'], 100);
      });
    },
  },
  {
    name: 'original-client',
    fact: '236',
    title: 'the request of an original client is taken as it is',
    profiles: ALL,
    run: async (agent) => {
      const { id } = agent.port();
      await agent.ask('POST', '/port', originalBody(id), DONE);
    },
  },
]);

/** Field by field in the order of the Java client, extras included. */
function originalBody(id: string): string {
  return (
    `{"id":"${id}","instance-id":"502789bb-240a-841f-e24c-1564537218f7","display-name":"web-1",` +
    '"vn-id":"6782f6e6-9fca-3c02-a76d-d1f37b7d06a3","ip-address":"192.168.200.5",' +
    '"mac-address":"00:50:56:bf:7d:a1","vm-project-id":"9970147c-33b1-4bf7-8944-8968e708d430",' +
    `"rx-vlan-id":101,"tx-vlan-id":100,"system-name":"${id}","type":2,"ip6-address":"None","name":"${id}",` +
    `"uuid":"${id}","fq_name":["default-domain","default-project","${id}"],"parent_type":"project"}`
  );
}
