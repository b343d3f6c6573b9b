import { textsOf, type PortTexts } from '@vrouter/testkit/history';
import { networkIdOf, portIdOf, type Inventory, type Lifecycle } from '@vrouter/vcenter-plugin/simulation';

/** A port as far as the rules look at it. */
export interface Wanted extends PortTexts {
  readonly enabled: boolean;
}

export interface WantedAgent {
  readonly ports: ReadonlyMap<string, Wanted>;
  readonly parked: boolean;
}

/** What each host's agent should have by this inventory: a second opinion on the plugin's binding. */
export function wantedOf(inventory: Inventory, lifecycle: Lifecycle): Map<string, WantedAgent> {
  const networks = new Map(inventory.networks.map((network) => [network.key, network]));
  const wanted = new Map<string, { ports: Map<string, Wanted>; parked: boolean }>();
  for (const { name, maintenance, connected } of inventory.hosts)
    wanted.set(name, { ports: new Map(), parked: maintenance || !connected });
  for (const { id, name, host, power, adapters } of inventory.vms) {
    if (lifecycle === 'power' && power !== 'on') continue;
    for (const { mac = '', network, connected, ip = '0.0.0.0' } of adapters) {
      const { primary = -1, isolated = -1 } = networks.get(network)?.vlan ?? {};
      const texts = textsOf({
        'instance-id': id,
        'vn-id': networkIdOf(network),
        'ip-address': ip,
        'ip6-address': '::',
        'mac-address': mac,
        type: 2,
        'rx-vlan-id': isolated,
        'tx-vlan-id': primary,
        'display-name': name,
      });
      wanted.get(host)?.ports.set(portIdOf(mac), { ...texts, enabled: power === 'on' && connected });
    }
  }
  return wanted;
}

/** What the agent of `host` is to have, and which ports others are to have. */
export function shareOf(
  wanted: ReadonlyMap<string, WantedAgent>,
  host: string,
): { own: WantedAgent; elsewhere: ReadonlySet<string> } {
  const others = [...wanted].filter(([name]) => name !== host);
  return {
    own: wanted.get(host) ?? { ports: new Map(), parked: false },
    elsewhere: new Set(others.flatMap(([, { ports }]) => [...ports.keys()])),
  };
}
