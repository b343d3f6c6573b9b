import { expectKnown, parsed } from '../agent/known.ts';
import { topic } from '../check.ts';
import { fileOf } from '../agent/known.ts';
import { IPV4_KEYS, IPV6_KEYS, OPERATIONAL_KEYS, operationalKeys } from '../expected/operational.ts';
import { getTextR31 } from '../expected/port-file.ts';
import { ALL, MODERN } from '../profiles.ts';
import { GET_UNKNOWN } from './routes.ts';

export const get = topic('get', [
  {
    name: 'unknown-port',
    fact: '61',
    title: 'GET of a port that nobody added finds none',
    profiles: ALL,
    run: async (agent) => {
      await agent.ask('GET', `/port/${agent.port().id}`, undefined, agent.choose(GET_UNKNOWN));
    },
  },
  {
    name: 'adds-nothing',
    fact: '285',
    title: 'GET and DELETE of an unknown port leave no file behind',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const { id } = agent.port();
      await agent.send('GET', `/port/${id}`);
      await agent.delete(id);
      agent.expect.equal('there is a file', agent.folder.has(id), false);
    },
  },
  {
    name: 'every-field',
    fact: '286',
    title: 'GET tells every field of the port, normalised, and its link-state',
    profiles: ['blueprint'],
    run: async (agent) => {
      const port = agent.port({ 'ip6-address': 'None', 'mac-address': '0A:BC:DE:F0:12:34', name: 'extra' });
      await agent.add(port);
      const { name: _extra, ...fields } = port;
      const { text } = await agent.send('GET', `/port/${port.id}`);
      agent.expect.equal('port', parsed(text), {
        ...fields,
        'ip6-address': '::',
        'mac-address': '0a:bc:de:f0:12:34',
        'vhostuser-mode': 0,
        'link-state': 0,
      });
    },
  },
  {
    name: 'no-vlan-is-minus-one',
    fact: '287',
    title: 'GET tells a VLAN that is not set as -1, the way it was sent',
    profiles: ['blueprint'],
    run: async (agent) => {
      const port = agent.port({ 'rx-vlan-id': -1, 'tx-vlan-id': -1 });
      await agent.add(port);
      const record = parsed((await agent.send('GET', `/port/${port.id}`)).text);
      agent.expect.equal('VLANs', [record['rx-vlan-id'], record['tx-vlan-id']], [-1, -1]);
    },
  },
  {
    name: 'follows-enable-and-disable',
    fact: '286',
    title: 'GET tells the link-state of this moment',
    profiles: ['blueprint'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      for (const [verb, linkState] of [
        ['enable', 1],
        ['disable', 0],
        ['enable', 1],
      ] as const) {
        await agent[verb](port.id);
        const { text } = await agent.send('GET', `/port/${port.id}`);
        agent.expect.equal('link-state', parsed(text)['link-state'], linkState);
      }
    },
  },
  {
    name: 'one-line',
    fact: '65',
    title: 'GET answers one line with what was posted',
    profiles: ['r3.1'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.settled(async () => {
        const answer = await agent.send('GET', `/port/${port.id}`);
        agent.reply(answer, { status: 200, text: getTextR31(port) });
      });
    },
  },
  {
    name: 'no-vlan-is-65535',
    fact: '288',
    title: 'GET tells a VLAN that is not set as 65535',
    profiles: ['r3.1'],
    run: async (agent) => {
      const port = agent.port({ 'rx-vlan-id': -1, 'tx-vlan-id': -1 });
      await agent.add(port);
      await agent.settled(async () => {
        const record = parsed((await agent.send('GET', `/port/${port.id}`)).text);
        agent.expect.equal('VLANs', [record['rx-vlan-id'], record['tx-vlan-id']], [65535, 65535]);
      });
    },
  },
  {
    name: 'operational-keys',
    fact: '62',
    title: 'GET answers from the operational tables, with the keys of the release in their order',
    profiles: MODERN,
    needs: ['config-delivered'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      const text = await agent.settled(async () => {
        const answer = await agent.send('GET', `/port/${port.id}`);
        agent.expect.equal('status', answer.status, 200);
        return answer.text;
      });
      const record = parsed(text);
      agent.expect.equal('keys', Object.keys(record), agent.choose(OPERATIONAL_KEYS));
      agent.expect.equal('body', text, JSON.stringify(record, null, 4));
    },
  },
  {
    name: 'operational-keys-of-both-addresses',
    fact: '62',
    title: 'GET of a port with both addresses tells the IPv4 keys, then the IPv6 keys',
    profiles: ['tf'],
    needs: ['config-delivered'],
    run: async (agent) => {
      const port = agent.port({ 'ip6-address': 'fd11::3' });
      await agent.add(port);
      await agent.settled(async () => {
        const record = parsed((await agent.send('GET', `/port/${port.id}`)).text);
        agent.expect.equal('keys', Object.keys(record), operationalKeys(IPV4_KEYS, IPV6_KEYS));
        agent.expect.equal('v6-ip-address', record['v6-ip-address'], 'fd11::3');
      });
    },
  },
  {
    name: 'operational-keys-of-an-ipv6-address',
    fact: '62',
    title: 'GET of a port that has only an IPv6 address tells the IPv6 keys',
    profiles: ['tf'],
    needs: ['config-delivered'],
    run: async (agent) => {
      const port = agent.port({ 'ip-address': 'None', 'ip6-address': 'fd11::3' });
      await agent.add(port);
      await agent.settled(async () => {
        const record = parsed((await agent.send('GET', `/port/${port.id}`)).text);
        agent.expect.equal('keys', Object.keys(record), operationalKeys(IPV6_KEYS));
      });
    },
  },
  {
    name: 'operational-values',
    fact: '62',
    title: 'GET answers the MAC in lower case and VLANs as 16 bits',
    profiles: MODERN,
    needs: ['config-delivered'],
    run: async (agent) => {
      const port = agent.port({ 'mac-address': '0A:BC:DE:F0:12:34', 'rx-vlan-id': -1, 'tx-vlan-id': -1 });
      await agent.add(port);
      await agent.settled(async () => {
        const record = parsed((await agent.send('GET', `/port/${port.id}`)).text);
        const got = [record['id'], record['mac-address'], record['rx-vlan-id'], record['tx-vlan-id']];
        agent.expect.equal('values', got, [port.id, '0a:bc:de:f0:12:34', 65535, 65535]);
      });
    },
  },
  {
    name: 'no-configuration',
    fact: '63',
    title: 'GET finds no port whose configuration did not come, though it was accepted and has its file',
    profiles: MODERN,
    needs: ['config-missing', 'ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await fileOf(agent, port.id);
      await agent.ask('GET', `/port/${port.id}`, undefined, agent.choose(GET_UNKNOWN));
    },
  },
  {
    name: 'body-of-get',
    fact: '207',
    title: 'GET with a body answers as without',
    profiles: ALL,
    run: async (agent) => {
      await agent.ask('GET', `/port/${agent.port().id}`, '{"any": "body"', agent.choose(GET_UNKNOWN));
    },
  },
  {
    name: 'changes-nothing',
    fact: '289',
    title: 'ten GETs change nothing',
    profiles: ALL,
    needs: ['presence'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      const before = agent.hasFolder ? await fileOf(agent, port.id) : undefined;
      for (let round = 0; round < 10; round += 1) await agent.send('GET', `/port/${port.id}`);
      await expectKnown(agent, port.id);
      if (agent.hasFolder) agent.expect.equal('file', agent.folder.read(port.id), before);
    },
  },
]);
