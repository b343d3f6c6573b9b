import { NO_IPV4, NO_IPV6, type Port } from '@vrouter/port-model';
import { isMac, printedMac } from '../values/mac.ts';

/** What the control node knows of a port. */
export interface PortConfig {
  readonly ip: string;
  readonly plen: number;
  readonly gateway: string;
  readonly dnsServer: string;
  readonly ip6: string;
  readonly gateway6: string;
  readonly dnsServer6: string;
  readonly mac: string;
  readonly vnName: string;
  /** Each `{key:value}`. */
  readonly annotations: readonly string[];
}

const NO_PORT_CONFIG: PortConfig = {
  ip: NO_IPV4,
  plen: 24,
  gateway: NO_IPV4,
  dnsServer: NO_IPV4,
  ip6: NO_IPV6,
  gateway6: NO_IPV6,
  dnsServer6: NO_IPV6,
  mac: '',
  vnName: '',
  annotations: [],
};

/** Made up for `port`: subnets of 24 and 64 bits around its addresses, gateway first, name server second in them. */
export function portConfigOf(port: Port): PortConfig {
  const mac = port['mac-address'];
  return {
    ...NO_PORT_CONFIG,
    ...subnetV4(port['ip-address']),
    ...subnetV6(port['ip6-address']),
    mac: isMac(mac) ? printedMac(mac) : mac,
    vnName: networkName(port['vn-id']),
  };
}

/**
 * Made up for an interface that only a subscription names: an address in the subnet of its network, which is
 * 10.x.y.0/24 by the first bytes of the network's id, and the MAC that its id gives.
 */
export function interfaceConfigOf({ id, vnId }: { readonly id: string; readonly vnId: string }): PortConfig {
  const [x, y] = bytesOfId(vnId);
  const ofInterface = bytesOfId(id);
  return {
    ...NO_PORT_CONFIG,
    ...subnetV4(`10.${x}.${y}.${3 + ((ofInterface[5] ?? 0) % 252)}`),
    mac: ['02', ...ofInterface.slice(0, 5).map((byte) => byte.toString(16).padStart(2, '0'))].join(':'),
    vnName: networkName(vnId),
  };
}

function bytesOfId(id: string): readonly number[] {
  return [...Buffer.from(id.replaceAll('-', ''), 'hex')];
}

function networkName(vnId: string): string {
  return `default-domain:default-project:${vnId}`;
}

function subnetV4(ip: string): Partial<PortConfig> {
  if (ip === NO_IPV4) return {};
  const network = ip.slice(0, ip.lastIndexOf('.'));
  return { ip, gateway: `${network}.1`, dnsServer: `${network}.2` };
}

function subnetV6(ip6: string): Partial<PortConfig> {
  if (ip6 === NO_IPV6) return {};
  const prefix = first64Bits(ip6);
  return { ip6, gateway6: printed(`${prefix}::1`), dnsServer6: printed(`${prefix}::2`) };
}

function first64Bits(ip6: string): string {
  const [head = '', tail] = ip6.split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
  const zeros = Array<string>(tail === undefined ? 0 : 8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

function printed(ip6: string): string {
  return new URL(`http://[${ip6}]/`).hostname.slice(1, -1);
}
