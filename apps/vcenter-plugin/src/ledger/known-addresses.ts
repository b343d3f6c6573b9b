import { NO_IPV4, NO_IPV6, type Port } from '@vrouter/port-model';
import { networkIdOf } from '../binding/identity.ts';
import type { Ledger } from './ledger.ts';

interface Addresses {
  readonly ip?: string;
  readonly ip6?: string;
}

/** Tells the addresses that the port of a MAC had on a network (by key) in an earlier life; read when first asked. */
export function knownAddresses(ledger: Ledger): (mac: string, network: string) => Addresses | undefined {
  let ports: Map<string, Port> | undefined;
  return (mac, network) => {
    ports ??= portsIn(ledger);
    const port = ports.get(keyOf(mac.toLowerCase(), networkIdOf(network)));
    if (port === undefined) return undefined;
    const { 'ip-address': ip, 'ip6-address': ip6 } = port;
    return { ...(ip !== NO_IPV4 && { ip }), ...(ip6 !== NO_IPV6 && { ip6 }) };
  };
}

/** By MAC and network. Of a port that was on its way the wanted record counts, not what another agent still held. */
function portsIn(ledger: Ledger): Map<string, Port> {
  const rows = ledger.agents().flatMap((agent) => ledger.load(agent));
  const held = rows.flatMap((row) => row.held?.port ?? []);
  const wanted = rows.flatMap(({ desired }) => desired?.port ?? []);
  return new Map([...held, ...wanted].map((port) => [keyOf(port['mac-address'], port['vn-id']), port]));
}

function keyOf(mac: string, networkId: string): string {
  return `${mac} ${networkId}`;
}
