import { NIL_GUID, NO_VLAN, NO_VLAN_STORED, type Port } from '@vrouter/port-model';
import type { JsonObject } from '../json/parse.ts';
import { parseIpv4, parseIpv6, readIpv4, readIpv6 } from '../values/addresses.ts';
import { hasFiveColons } from '../values/mac.ts';
import { readUuid } from '../values/uuid.ts';
import { Refused, stringOf } from './fields.ts';
import { portType, uint16, type ReadContext, type ReadPort } from './read-port.ts';

const STRINGS = [
  'id',
  'instance-id',
  'vn-id',
  'vm-project-id',
  'display-name',
  'system-name',
  'ip-address',
  'ip6-address',
  'mac-address',
] as const;
const INTS = ['type', 'rx-vlan-id', 'tx-vlan-id'] as const;

/** What a client posted, word for word: the file holds nothing else. */
export type Posted = Readonly<
  Record<(typeof STRINGS)[number], string> & Record<(typeof INTS)[number], number>
>;

/** What was posted for each port that came out of it. */
const postedByPort = new WeakMap<Port, Posted>();

export function postedOf(port: Port): Posted | undefined {
  return postedByPort.get(port);
}

/** R3.x: all members first, then everything that is wrong with them, one message behind the other. */
export const readPortR3: ReadPort = (members, context) => {
  const posted = membersOf(members, context.body);
  const problems = problemsOf(posted, context);
  if (problems !== '') throw new Refused(problems);
  const tx = posted['tx-vlan-id'] === NO_VLAN ? NO_VLAN_STORED : uint16(posted['tx-vlan-id']);
  const port: Port = {
    ...posted,
    id: readUuid(posted.id),
    'instance-id': readUuid(posted['instance-id']),
    'vn-id': readUuid(posted['vn-id']),
    'vm-project-id': readUuid(posted['vm-project-id']),
    'ip-address': readIpv4(posted['ip-address']),
    'ip6-address': readIpv6(posted['ip6-address']),
    type: typeOf(posted),
    // Clients of old knew one VLAN only.
    'rx-vlan-id': posted['rx-vlan-id'] === 0 ? tx : uint16(posted['rx-vlan-id']),
    'tx-vlan-id': tx,
    'vhostuser-mode': 0,
    'link-state': 1,
  };
  postedByPort.set(port, posted);
  return port;
};

function membersOf(members: JsonObject, body: string): Posted {
  const posted: Record<string, unknown> = {};
  const take = (name: string, value: unknown): void => {
    if (value === undefined) {
      throw new Refused(`Json string does not have all required members, ${name} is missing ==> ${body}`);
    }
    posted[name] = value;
  };
  for (const name of STRINGS) take(name, stringOf(members.get(name)));
  for (const name of INTS) {
    const value = members.get(name);
    take(name, typeof value === 'number' ? value : undefined);
  }
  return posted as Posted;
}

function problemsOf(posted: Posted, { interfaceExists }: ReadContext): string {
  const isWrong = {
    'Neither Ipv4 nor IPv6 address is correct, ':
      parseIpv4(posted['ip-address']) === undefined && parseIpv6(posted['ip6-address']) === undefined,
    'invalid port uuid, ': readUuid(posted.id) === NIL_GUID,
    'invalid instance uuid, ': readUuid(posted['instance-id']) === NIL_GUID,
    'invalid VN uuid, ': typeOf(posted) === 0 && readUuid(posted['vn-id']) === NIL_GUID,
    'Invalid MAC, Use xx:xx:xx:xx:xx:xx format': !hasFiveColons(posted['mac-address']),
    'Invalid request. RX (isolated) vlan set, but TX vlan not set':
      posted['rx-vlan-id'] !== NO_VLAN && posted['tx-vlan-id'] === NO_VLAN,
    'Interface does not exist in OS':
      typeOf(posted) !== 2 && interfaceExists?.(posted['system-name']) === false,
  };
  return Object.entries(isWrong)
    .filter(([, wrong]) => wrong)
    .map(([message]) => message)
    .join('');
}

function typeOf(posted: Posted): Port['type'] {
  return portType((posted.type << 16) >> 16);
}
