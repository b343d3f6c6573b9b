import { randomUUID } from 'node:crypto';
import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import { topic, type Check } from '../check.ts';
import { OPERATIONAL_KEYS } from '../expected/operational.ts';
import { DONE, refusedPost } from '../expected/reply.ts';
import { MODERN, type ByProfile } from '../profiles.ts';
import { GET_UNKNOWN } from './routes.ts';

type Told = Readonly<Record<string, unknown>>;

/** Of one interface in /vm-cfg. `annotations` follow when it has any. */
const CONFIG_KEYS: ByProfile<readonly string[]> = {
  'r4.1': ['id', 'instance-id', 'vn-id', 'mac-address', 'sub-interface', 'vlan-id'],
  tf: ['id', 'vm-uuid', 'vn-id', 'vn-name', 'mac-address', 'sub-interface', 'vlan-id'],
};

function vmBody(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    'vm-uuid': randomUUID(),
    'vn-uuid': randomUUID(),
    'vmi-uuid': randomUUID(),
    'vm-id': 'conformance',
    'vm-name': 'conformance',
    'host-ifname': 'conformance0',
    'vm-ifname': 'eth0',
    'vm-namespace': '',
    ...changes,
  };
}

function vmMissing(field: string, word: string, profiles: Check['profiles']): Check {
  return {
    name: `vm-${field}-missing`,
    fact: '103',
    title: `a subscription without ${field} is refused, and the field named`,
    profiles,
    run: async (agent) => {
      const body = vmBody({ [field]: undefined });
      await agent.ask('POST', '/vm', body, refusedPost(`Invalid or missing ${word} for <${field}>`));
    },
  };
}

/** Where the subscription's file is, relative to the ports folder. */
const VM_FILE: ByProfile<(body: Readonly<Record<string, unknown>>) => string> = {
  'r4.1': (body) => `vm/${String(body['vm-uuid'])}`,
  tf: (body) => `vm/${String(body['vm-name'])}/${String(body['vmi-uuid'])}`,
};

async function subscribe(agent: AgentUnderTest): Promise<Readonly<Record<string, unknown>>> {
  const id = randomUUID();
  const body = vmBody({ 'vm-uuid': id, 'vm-name': `conformance-${id}` });
  await agent.ask('POST', '/vm', body, DONE);
  if (agent.hasFolder) agent.folder.takeCareOf(agent.profile === 'tf' ? `vm/conformance-${id}` : `vm/${id}`);
  return body;
}

/** What GET of a subscription, or of its configuration, tells once that has come. */
async function told(agent: AgentUnderTest, path: string): Promise<readonly [Told, ...Told[]]> {
  return agent.settled(async () => {
    const answer = await agent.send('GET', path);
    agent.expect.equal('status', answer.status, 200);
    const value: unknown = JSON.parse(answer.text);
    agent.expect.equal('an array', Array.isArray(value), agent.profile === 'tf');
    return (Array.isArray(value) ? value : [value]) as [Told, ...Told[]];
  });
}

/** Subscriptions of VMs, as containers make them. */
export const subscriptions = topic('gateway-vm', [
  {
    name: 'vm-array',
    fact: '103',
    title: 'a subscription that is an array is refused',
    profiles: MODERN,
    run: async (agent) =>
      void (await agent.ask('POST', '/vm', '[]', refusedPost('Unexpected Json string ==> []'))),
  },
  vmMissing('vm-uuid', 'data', MODERN),
  vmMissing('host-ifname', 'field', MODERN),
  vmMissing('vm-name', 'field', MODERN),
  vmMissing('vn-uuid', 'data', ['tf']),
  vmMissing('vmi-uuid', 'data', ['tf']),
  {
    name: 'vm-file',
    fact: '322',
    title: 'a subscription has its file below vm/, named as the release names it',
    profiles: MODERN,
    needs: ['tamper'],
    run: async (agent) => {
      const body = await subscribe(agent);
      const text = agent.folder.read(agent.choose(VM_FILE)(body)) ?? '';
      agent.expect.match('file', text, new RegExp(`^\\{\n    "vm-uuid": "${String(body['vm-uuid'])}"`));
    },
  },
  {
    name: 'vm-file-keys',
    fact: '322',
    title: 'the keys of the file of a subscription are in the order of the release',
    profiles: MODERN,
    needs: ['tamper'],
    run: async (agent) => {
      const body = await subscribe(agent);
      const text = agent.folder.read(agent.choose(VM_FILE)(body)) ?? '{}';
      const ids = agent.profile === 'tf' ? ['vm-uuid', 'vn-uuid', 'vmi-uuid'] : ['vm-uuid'];
      const rest = ['vm-id', 'vm-name', 'host-ifname', 'vm-ifname', 'vm-namespace', 'author', 'time'];
      agent.expect.equal('keys', Object.keys(JSON.parse(text) as object), [...ids, ...rest]);
    },
  },
  {
    name: 'vm-delete-unknown',
    fact: '323',
    title: 'DELETE of a subscription that nobody made is a success',
    profiles: MODERN,
    run: async (agent) => void (await agent.ask('DELETE', `/vm/${randomUUID()}`, undefined, DONE)),
  },
  {
    name: 'vm-get-unknown',
    fact: '324',
    title: 'GET of a subscription that nobody made finds none',
    profiles: MODERN,
    run: async (agent) => {
      await agent.ask('GET', `/vm/${randomUUID()}`, undefined, agent.choose(GET_UNKNOWN));
    },
  },
  {
    name: 'vm-interface-get-unknown',
    fact: '324',
    title: 'GET of one interface of a subscription that nobody made finds none',
    profiles: ['tf'],
    run: async (agent) => {
      await agent.ask('GET', `/vm/${randomUUID()}/${randomUUID()}`, undefined, agent.choose(GET_UNKNOWN));
    },
  },
  {
    name: 'vm-is-swept',
    fact: '105',
    title: 'a subscription that is not made again after a sync is removed',
    profiles: ['r4.1'],
    needs: ['sweep', 'tamper'],
    run: async (agent) => {
      const file = agent.choose(VM_FILE)(await subscribe(agent));
      agent.expect.equal('the file is there', agent.folder.has(file), true);
      await agent.sync();
      await agent.settled(() => {
        agent.expect.equal('the file is there', agent.folder.has(file), false);
      }, agent.sweepMsMax);
    },
  },
  {
    name: 'vm-without-configuration-is-not-swept',
    fact: '105',
    title: 'a subscription whose interfaces are not known is not swept',
    profiles: ['tf'],
    needs: ['sweep', 'tamper', 'config-missing'],
    run: async (agent) => {
      const file = agent.choose(VM_FILE)(await subscribe(agent));
      const canary = agent.port();
      await agent.add(canary);
      await agent.sync();
      await agent.settled(() => {
        agent.expect.equal('the port is there', agent.folder.has(canary.id), false);
      }, agent.sweepMsMax);
      agent.expect.equal('the file is there', agent.folder.has(file), true);
    },
  },
  {
    name: 'vm-get',
    fact: '325',
    title: 'GET of a subscription tells its interface as GET of a port does; from R5.1 on in an array',
    profiles: MODERN,
    needs: ['config-delivered'],
    run: async (agent) => {
      const { 'vm-uuid': vm, 'vmi-uuid': vmi } = await subscribe(agent);
      const [one] = await told(agent, `/vm/${String(vm)}`);
      agent.expect.equal('keys', Object.keys(one), agent.choose(OPERATIONAL_KEYS));
      const expected = agent.profile === 'tf' ? [vm, vmi] : [vm, one['id']];
      agent.expect.equal('VM and interface', [one['instance-id'], one['id']], expected);
    },
  },
  {
    name: 'vm-get-interface',
    fact: '325',
    title: 'GET of one interface of a subscription is an array of one',
    profiles: ['tf'],
    needs: ['config-delivered'],
    run: async (agent) => {
      const { 'vm-uuid': vm, 'vmi-uuid': vmi } = await subscribe(agent);
      const list = await told(agent, `/vm/${String(vm)}/${String(vmi)}`);
      agent.expect.equal(
        'interfaces',
        list.map((one) => one['id']),
        [vmi],
      );
    },
  },
  {
    name: 'vm-cfg',
    fact: '326',
    title:
      'GET /vm-cfg tells the configuration of the interface, by the id of the VM; from R2008 on by its name',
    profiles: MODERN,
    needs: ['config-delivered'],
    run: async (agent) => {
      const { 'vm-uuid': vm, 'vm-name': name } = await subscribe(agent);
      const [one] = await told(agent, `/vm-cfg/${String(agent.profile === 'tf' ? name : vm)}`);
      const { annotations: _optional, ...rest } = one;
      agent.expect.equal('keys', Object.keys(rest), agent.choose(CONFIG_KEYS));
      agent.expect.equal('sub-interface', one['sub-interface'], false);
    },
  },
  {
    name: 'vm-cfg-unknown',
    fact: '326',
    title: 'GET /vm-cfg of a VM that nobody knows finds none',
    profiles: MODERN,
    run: async (agent) => {
      await agent.ask('GET', `/vm-cfg/${randomUUID()}`, undefined, agent.choose(GET_UNKNOWN));
    },
  },
  {
    name: 'vm-delete',
    fact: '327',
    title: 'a subscription whose VM is known is gone once it is deleted',
    profiles: MODERN,
    needs: ['config-delivered'],
    run: async (agent) => {
      const vm = String((await subscribe(agent))['vm-uuid']);
      await told(agent, `/vm/${vm}`);
      await agent.ask('DELETE', `/vm/${vm}`, undefined, DONE);
      await agent.settled(() => agent.ask('GET', `/vm/${vm}`, undefined, agent.choose(GET_UNKNOWN)));
    },
  },
  {
    name: 'vm-with-configuration-is-swept',
    fact: '105',
    title: 'a subscription whose interface is known, and that is not made again after a sync, is removed',
    profiles: MODERN,
    needs: ['sweep', 'config-delivered'],
    run: async (agent) => {
      const vm = String((await subscribe(agent))['vm-uuid']);
      await told(agent, `/vm/${vm}`);
      await agent.sync();
      await agent.settled(
        () => agent.ask('GET', `/vm/${vm}`, undefined, agent.choose(GET_UNKNOWN)),
        agent.sweepMsMax,
      );
    },
  },
]);
