import { randomUUID } from 'node:crypto';
import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import { INTROSPECT_FIELDS, type IntrospectPort } from '../agent/introspection.ts';
import type { PortBody } from '../agent/port-body.ts';
import { topic, type Check } from '../check.ts';
import { MODERN, type ByProfile, type ProfileName } from '../profiles.ts';

/** R3.1 tells nothing of its ports. */
const TELLING: readonly ProfileName[] = ['blueprint', ...MODERN];

/** What the page tells of `port` besides its version. */
function fieldsOf(port: PortBody): IntrospectPort {
  const fields = {
    ifname: port['system-name'],
    vmi_uuid: port.id,
    vm_uuid: port['instance-id'],
    vm_name: port['display-name'],
    vn_uuid: port['vn-id'],
    ip4_addr: port['ip-address'],
    ip6_addr: port['ip6-address'],
    mac: port['mac-address'],
    tx_vlan: port['tx-vlan-id'],
    rx_vlan: port['rx-vlan-id'],
    vhostuser_mode: port['vhostuser-mode'] ?? 0,
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

/** Waits until the page tells `port` as it is, and returns its version. */
async function expectTold(agent: AgentUnderTest, port: PortBody): Promise<number> {
  return agent.settled(async () => {
    const { version, ...rest } = (await agent.introspection.port(port.id)) ?? {};
    agent.expect.equal(`port ${port.id} on the page`, rest, fieldsOf(port));
    agent.expect.match('version', version ?? '', /^\d+$/);
    return Number(version);
  });
}

async function expectNotTold(agent: AgentUnderTest, id: string): Promise<void> {
  await agent.settled(async () => {
    agent.expect.equal(`port ${id} on the page`, await agent.introspection.port(id), undefined);
  });
}

/** A repeated add with `changes`: what of the two the page tells then. */
function reAdd(
  name: string,
  title: string,
  changes: () => Readonly<Record<string, unknown>>,
  told: ByProfile<'first' | 'second'>,
): Check {
  return {
    name,
    fact: '346',
    title,
    profiles: TELLING,
    needs: ['introspect'],
    run: async (agent) => {
      const first = agent.port();
      const second = { ...first, ...changes() };
      await agent.add(first, second);
      await expectTold(agent, agent.choose(told) === 'first' ? first : second);
    },
  };
}

function filter(name: string, title: string, query: (port: PortBody) => Record<string, string>): Check {
  return {
    name,
    fact: '345',
    title,
    profiles: TELLING,
    needs: ['introspect'],
    run: async (agent) => {
      const [port, other] = [agent.port(), agent.port()];
      await agent.add(port, other);
      await agent.settled(async () => {
        const ids = (await agent.introspection.ports(query(port))).map((one) => one['vmi_uuid']);
        agent.expect.equal('ports on the page', ids, [port.id]);
      });
    },
  };
}

/** What the agent's page for operators tells of its ports. */
export const introspect = topic('introspect', [
  {
    name: 'fields',
    fact: '341',
    title: 'each port is told with all its fields, in their order',
    profiles: TELLING,
    needs: ['introspect'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      const told = await agent.settled(() => agent.introspection.port(port.id));
      agent.expect.equal('fields', Object.keys(told ?? {}), INTROSPECT_FIELDS);
    },
  },
  {
    name: 'values',
    fact: '341',
    title: 'the page tells the values that the port was added with',
    profiles: TELLING,
    needs: ['introspect'],
    run: async (agent) => {
      const port = agent.port({ 'ip6-address': 'fd11::3', 'vhostuser-mode': 1, 'system-name': 'tap-1' });
      await agent.add(port);
      await expectTold(agent, port);
    },
  },
  {
    name: 'deleted-port',
    fact: '342',
    title: 'a port that was deleted is not told any more',
    profiles: TELLING,
    needs: ['introspect'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await expectTold(agent, port);
      await agent.delete(port.id);
      await expectNotTold(agent, port.id);
    },
  },
  {
    name: 'refused-port',
    fact: '342',
    title: 'a port that was refused is not told',
    profiles: TELLING,
    needs: ['introspect'],
    run: async (agent) => {
      const [bad, good] = [agent.port({ 'mac-address': 'none' }), agent.port()];
      await agent.post(bad);
      await agent.add(good);
      await expectTold(agent, good);
      await expectNotTold(agent, bad.id);
    },
  },
  filter('one-by-id', 'asked for an id, the page tells that port alone', ({ id }) => ({ vmi_uuid: id })),
  filter(
    'one-by-interface',
    'asked for an interface, the page tells the port of that name alone',
    (port) => ({
      ifname: String(port['system-name']),
    }),
  ),
  reAdd(
    'repeated-add',
    'a repeated add changes nothing of what the real agent tells, and all of what the blueprint’s does',
    () => ({ 'ip-address': '192.0.2.7', 'display-name': 'conformance-changed', 'tx-vlan-id': 7 }),
    { blueprint: 'second', real: 'first' },
  ),
  reAdd(
    'repeated-add-for-another-vm',
    'an add for another VM takes the place of the port at once, whatever its file says',
    () => ({ 'instance-id': randomUUID(), 'ip-address': '192.0.2.7', 'display-name': 'conformance-moved' }),
    { all: 'second' },
  ),
  {
    name: 'version',
    fact: '343',
    title: 'the version of a port grows by one when it is added again after a sync, and not otherwise',
    profiles: TELLING,
    needs: ['introspect', 'sweep'],
    run: async (agent) => {
      const [again, before] = [agent.port(), agent.port({ type: 1 })];
      await agent.add(again, before);
      const version = await expectTold(agent, again);
      agent.expect.equal('version of the other', await expectTold(agent, before), version);
      await agent.sync();
      await agent.add(again);
      await agent.settled(async () => {
        agent.expect.equal('version when added again', await expectTold(agent, again), version + 1);
      });
      agent.expect.equal('version of the other', await expectTold(agent, before), version);
    },
  },
  {
    name: 'swept-port',
    fact: '342',
    title: 'a port that was swept is not told any more',
    profiles: TELLING,
    needs: ['introspect', 'sweep'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await expectTold(agent, port);
      await agent.sync();
      await agent.settled(async () => {
        agent.expect.equal(`port ${port.id} on the page`, await agent.introspection.port(port.id), undefined);
      }, agent.sweepMsMax);
    },
  },
  {
    name: 'version-after-a-restart',
    fact: '344',
    title: 'a port that was loaded has version 0, whatever it was before',
    profiles: MODERN,
    needs: ['introspect', 'sweep', 'restart'],
    run: async (agent) => {
      const port = agent.port();
      await agent.sync();
      await agent.add(port);
      agent.expect.that('version', (await expectTold(agent, port)) > 0, 'above 0', 0);
      await agent.restart();
      agent.expect.equal('version', await expectTold(agent, port), 0);
    },
  },
]);
