import { z } from 'zod';
import {
  Guid,
  GuidOrNone,
  Ipv4OrNone,
  Ipv6OrNone,
  LinkState,
  Mac,
  NIL_GUID,
  NonNilGuid,
  NOT_ZERO,
  PortType,
  Vlan,
} from './values.ts';

export const DISPLAY_NAME_LENGTH_MAX = 4096;
export const SYSTEM_NAME_LENGTH_MAX = 255;
export const VHOSTUSER_MODE_MAX = 255;

/** What every client of ours is: `type=2` is in each of its requests. */
export const VCENTER_CLIENT_TYPE = 2;

/**
 * A port as it travels in `POST /port`, under its wire names. Parsing normalises (lower-case ids and MACs, `None`
 * to the address that means none), fills `vhostuser-mode`, and drops unknown fields: original clients send `name`,
 * `uuid`, `fq_name` and `parent_type` too.
 */
export const Port = z
  .object({
    id: NonNilGuid.describe('The port: uuid of the virtual machine interface. Key of everything.'),
    'instance-id': NonNilGuid.describe('The virtual machine: vCenter instance uuid.'),
    'vn-id': Guid.describe('The virtual network.'),
    'vm-project-id': GuidOrNone.describe('The tenant; "None" or "" when unknown.'),
    'display-name': z
      .string({ error: 'a string' })
      .max(DISPLAY_NAME_LENGTH_MAX, { error: `a string of at most ${DISPLAY_NAME_LENGTH_MAX} characters` })
      .describe('Name of the virtual machine, for people.'),
    'ip-address': Ipv4OrNone.describe('IPv4 address; "None" or "" for none.'),
    'ip6-address': Ipv6OrNone.describe('IPv6 address; "None" or "" for none.'),
    'mac-address': Mac.describe('MAC of the adapter.'),
    'system-name': z
      .string({ error: 'a string' })
      .max(SYSTEM_NAME_LENGTH_MAX, { error: `a string of at most ${SYSTEM_NAME_LENGTH_MAX} characters` })
      .describe('Interface name; the port id for vCenter ports.'),
    type: PortType.describe('0 Nova, 1 namespace, 2 remote (vCenter).'),
    'rx-vlan-id': Vlan.describe('Isolated (secondary) VLAN, on which the adapter sends; -1 for none.'),
    'tx-vlan-id': Vlan.describe('Primary VLAN, on which the adapter receives; -1 for none.'),
    'vhostuser-mode': z
      .int({ error: `an integer from 0 to ${VHOSTUSER_MODE_MAX}` })
      .min(0)
      .max(VHOSTUSER_MODE_MAX)
      .default(0)
      .describe('DPDK vhost-user mode; 0 when unused.'),
    'link-state': LinkState.optional().describe(
      '0 disabled, 1 enabled. Absent: as it was; new ports of type 2 start disabled.',
    ),
  })
  .refine((port) => port.type !== 0 || port['vn-id'] !== NIL_GUID, {
    path: ['vn-id'],
    error: 'a guid other than the nil guid, because type is 0',
    // Told together with what is wrong with other fields, not one request later.
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
  .meta({
    title: 'Port',
    description: 'One adapter of one virtual machine, as the agent must know it.',
    anyOf: [{ properties: { type: { enum: [1, 2] } } }, { properties: { 'vn-id': NOT_ZERO } }],
  });

/** A parsed, normalised port. */
export type Port = z.infer<typeof Port>;

/** A port as a client may write it, before normalising. */
export type PortInput = z.input<typeof Port>;

/** The link state of a port that nobody enabled or disabled yet. */
export function initialLinkState(port: Port): LinkState {
  return port['link-state'] ?? (port.type === 2 ? 0 : 1);
}

/** The fields in wire order, as the agent writes them. */
export const PORT_FIELDS = [
  'id',
  'instance-id',
  'display-name',
  'ip-address',
  'ip6-address',
  'vn-id',
  'vm-project-id',
  'mac-address',
  'system-name',
  'type',
  'rx-vlan-id',
  'tx-vlan-id',
  'vhostuser-mode',
  'link-state',
] as const satisfies readonly (keyof Port)[];

/**
 * The fields that make a port another port: an agent takes a change of these only as DELETE and POST, because a
 * repeated POST of a known id does not update the real agent. A changed name alone is not worth a cut in traffic.
 */
export const IDENTITY_FIELDS = [
  'instance-id',
  'vn-id',
  'ip-address',
  'ip6-address',
  'mac-address',
  'type',
  'rx-vlan-id',
  'tx-vlan-id',
] as const satisfies readonly (keyof Port)[];

/** Would the agent forward differently for `a` and `b`? Both must have the same id. */
export function sameIdentity(a: Port, b: Port): boolean {
  return IDENTITY_FIELDS.every((field) => a[field] === b[field]);
}

/** Do `a` and `b` agree in every field but the link state? */
export function samePort(a: Port, b: Port): boolean {
  return PORT_FIELDS.every((field) => field === 'link-state' || a[field] === b[field]);
}
