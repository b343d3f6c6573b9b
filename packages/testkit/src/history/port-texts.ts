/** A port as far as the rules look at it. */
export interface PortTexts {
  /** What makes it another port when it changes. */
  readonly identity: string;
  readonly record: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** The same two texts of a port as it travels, or as it lies on a disk. */
export function textsOf(port: Fields): PortTexts {
  const identity = [
    port['instance-id'],
    port['vn-id'],
    port['ip-address'],
    port['ip6-address'],
    port['mac-address'],
    port['type'],
    port['rx-vlan-id'],
    port['tx-vlan-id'],
  ].join(' ');
  return { identity, record: `${identity} ${String(port['display-name'])}` };
}

const NO_ADDRESSES = new Set(['None', '0.0.0.0', '::', 'undefined', '']);

/** What a port with this record takes: its VM, and its addresses, each after the id of its network. */
export function takenBy(record: string): { readonly vm: string; readonly addresses: readonly string[] } {
  const [vm = '', network = '', ...others] = record.split(' ');
  const addresses = others.slice(0, 2).filter((address) => !NO_ADDRESSES.has(address));
  return { vm, addresses: addresses.map((address) => `${network} ${address}`) };
}
