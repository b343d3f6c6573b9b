import { topic, type Check } from '../check.ts';
import { DONE, exactError, refusedPost, type Reply } from '../expected/reply.ts';
import { MODERN } from '../profiles.ts';

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

export const gateways = topic('gateway-vm', [
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
]);
