import { randomUUID } from 'node:crypto';
import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import { topic, type Check } from '../check.ts';
import { DONE, exactError, refusedPost, type Reply } from '../expected/reply.ts';
import { MODERN, type ByProfile } from '../profiles.ts';
import { GET_UNKNOWN } from './routes.ts';

/** A gateway for an interface that no host has. */
const GATEWAY = {
  interface: 'conformance0',
  'routing-instance': 'default-domain:admin:none:none',
  subnets: [{ 'ip-address': '10.254.254.0', 'prefix-len': 24 }],
  routes: [],
};

function gateway(name: string, title: string, body: string, reply: Reply): Check {
  return {
    name: `gateway-${name}`,
    fact: '101',
    title,
    profiles: MODERN,
    run: async (agent) => void (await agent.ask('POST', '/gateway', body, reply)),
  };
}

function gatewayMember(member: string, changed: Readonly<Record<string, unknown>>): Check {
  const body = JSON.stringify([{ ...GATEWAY, ...changed }]);
  const message = `Json string does not have all required members, ${member} is missing ==> ${body}`;
  return gateway(`bad-${member.replace(' ', '-')}`, `the error names ${member}`, body, refusedPost(message));
}

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

export const gatewayVm = topic('gateway-vm', [
  gateway(
    'object',
    'a gateway that is no array is refused',
    '{}',
    refusedPost('Unexpected Json string (not an array) ==> {}'),
  ),
  gateway('empty', 'no gateway is a success', '[]', DONE),
  gateway('no-json', 'a gateway that is no JSON is refused', '[', refusedPost('Invalid Json string ==> [')),
  gateway(
    'number-inside',
    'a gateway that is a number is refused',
    '[1]',
    refusedPost('Json Array has invalid element ==> [1]'),
  ),
  gatewayMember('interface', { interface: undefined }),
  gatewayMember('routing-instance', { 'routing-instance': 5 }),
  gatewayMember('subnets', { subnets: undefined }),
  gatewayMember('subnets value', { subnets: [{ 'ip-address': '10.0.0.0' }] }),
  gatewayMember('routes', { routes: undefined }),
  gatewayMember('routes value', { routes: [5] }),
  ...['{', '{}', '[1]', '[{}]'].map((body, index): Check => ({
    name: `gateway-bad-delete-${index + 1}`,
    fact: '102',
    title: `DELETE /gateway with ${body} is refused with an empty text`,
    profiles: MODERN,
    run: async (agent) => void (await agent.ask('DELETE', '/gateway', body, exactError('{}'))),
  })),
  {
    name: 'gateway-empty-delete',
    fact: '321',
    title: 'DELETE /gateway with an empty array is a success',
    profiles: MODERN,
    run: async (agent) => void (await agent.ask('DELETE', '/gateway', '[]', DONE)),
  },
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
]);
