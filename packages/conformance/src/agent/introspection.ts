import { Mismatch } from '../errors.ts';
import { askListener, type Listener } from './listener.ts';
import type { Recorder } from './recorder.ts';

/** What is told of each port, in this order. */
export const INTROSPECT_FIELDS = [
  'ifname',
  'version',
  'vmi_uuid',
  'vm_uuid',
  'vm_name',
  'vn_uuid',
  'ip4_addr',
  'ip6_addr',
  'mac',
  'tx_vlan',
  'rx_vlan',
  'vhostuser_mode',
] as const;

const FIELD = /<(\w+)\b[^<>]*>([^<>]*)<\/\1>/g;
const FIELDS: ReadonlySet<string> = new Set(INTROSPECT_FIELDS);

/** The fields of one port as text, in the order in which they came. */
export type IntrospectPort = Readonly<Record<string, string>>;

/** The agent's page for operators. */
export class Introspection {
  readonly #listener: Listener;
  readonly #recorder: Recorder;

  constructor(listener: Omit<Listener, 'kind'>, recorder: Recorder) {
    this.#listener = { ...listener, kind: 'introspection' };
    this.#recorder = recorder;
  }

  /** The ports that the page tells, of all or of those that fit `query`. Throws `Mismatch` when there is no such page. */
  async ports(query: Readonly<Record<string, string>> = {}): Promise<readonly IntrospectPort[]> {
    const path = `/Snh_FetchVmiPortSubscriptionReq?${new URLSearchParams(query).toString()}`;
    const { status, body } = await askListener(this.#listener, { method: 'GET', path }, this.#recorder);
    if (status !== 200) throw new Mismatch('introspection', 'status 200', `status ${status}`);
    return portsIn(body.toString());
  }

  /** What it tells of the port with this id, or undefined. */
  async port(id: string): Promise<IntrospectPort | undefined> {
    return (await this.ports()).find((port) => port['vmi_uuid'] === id);
  }
}

/** Each begins with its first field; what stands around them is not looked at. */
function portsIn(xml: string): IntrospectPort[] {
  const ports: Record<string, string>[] = [];
  for (const [, name = '', value = ''] of xml.matchAll(FIELD)) {
    if (name === INTROSPECT_FIELDS[0]) ports.push({});
    const port = ports.at(-1);
    if (port !== undefined && FIELDS.has(name)) port[name] = value;
  }
  return ports;
}
