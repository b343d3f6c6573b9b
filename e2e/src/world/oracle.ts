import { createHash } from 'node:crypto';
import { v3 as uuidV3 } from 'uuid';
import { traitsOf, type ProfileTraits } from './profile-traits.ts';
import type { Adapter, Picture, Vm } from './picture.ts';

/**
 * What every agent should hold, computed from the inventory by other code than the plugin's, so that a mistake there
 * is not repeated here.
 */
export type Lifecycle = 'power' | 'link';

/** A port as an agent's state shows it. */
export interface HeldPort {
  /** The port's fields under their wire names, without `link-state`. */
  readonly port: Readonly<Record<string, unknown>>;
  readonly linkState: number;
}

const NIL_GUID = '00000000-0000-0000-0000-000000000000';

/**
 * The ports of `host`'s agent by id. `power`: adapters of running VMs. `link`: all adapters. Enabled while running and
 * connected, where the agent knows link states at all.
 */
export function expectedPorts(
  picture: Picture,
  lifecycle: Lifecycle,
  host: string,
  { linkStates }: ProfileTraits = traitsOf('blueprint'),
  identify: Identify = identifyByMac,
): Record<string, HeldPort> {
  const held = picture.vms.filter((vm) => vm.host === host && (vm.on || lifecycle === 'link'));
  const entries = held.flatMap((vm) =>
    vm.adapters.map((adapter) => {
      const enabled = vm.on && adapter.connected !== false;
      const linkState = enabled || !linkStates ? 1 : 0;
      const { id, fields } = identify(vm, adapter);
      const port = { ...expectedPort(picture, vm, adapter), id, 'system-name': id, ...fields };
      return [id, { port, linkState }] as const;
    }),
  );
  return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}

/** The id of an adapter's port, and the fields of the port that its mode of the plugin takes from elsewhere. */
export type Identify = (
  vm: Vm,
  adapter: Adapter,
) => { readonly id: string; readonly fields: Readonly<Record<string, unknown>> };

export const identifyByMac: Identify = (_vm, { mac }) => ({ id: portId(mac), fields: {} });

/** UUID version 3 of the MAC in lower case, in the DNS name space. */
export function portId(mac: string): string {
  return uuidV3(mac.toLowerCase(), uuidV3.DNS);
}

/** Java's `UUID.nameUUIDFromBytes`: MD5 without a name space, stamped as version 3. */
export function networkId(key: string): string {
  const bytes = createHash('md5').update(key).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x30, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function expectedPort(picture: Picture, vm: Vm, adapter: Adapter): HeldPort['port'] {
  const network = picture.networks.find(({ name }) => name === adapter.network);
  if (network === undefined) throw new Error(`there is no network ${adapter.network} in this scenario`);
  return {
    'instance-id': vm.id,
    'display-name': vm.name,
    'ip-address': adapter.ip ?? '0.0.0.0',
    'ip6-address': '::',
    'vn-id': networkId(network.key),
    'vm-project-id': NIL_GUID,
    'mac-address': adapter.mac.toLowerCase(),
    type: 2,
    'rx-vlan-id': network.vlan.isolated,
    'tx-vlan-id': network.vlan.primary,
    'vhostuser-mode': 0,
  };
}
