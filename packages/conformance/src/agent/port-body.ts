import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** The JSON of a port as a client sends it. Anything can stand in any field: refusing it is the agent's business. */
export type PortBody = Readonly<Record<string, unknown>> & { readonly id: string };

/** A valid port that nobody else has; `changes` replace fields, undefined takes a field out. */
export function newPort(changes: Readonly<Record<string, unknown>> = {}): PortBody {
  const id = typeof changes['id'] === 'string' ? changes['id'] : randomUUID();
  const port: Record<string, unknown> = {
    id,
    'instance-id': randomUUID(),
    'display-name': `conformance-${id.slice(0, 8)}`,
    'ip-address': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`,
    'ip6-address': '::',
    'vn-id': randomUUID(),
    'vm-project-id': randomUUID(),
    'mac-address': `02:00:${(randomBytes(4).toString('hex').match(/../g) ?? []).join(':')}`,
    'system-name': id,
    type: 2,
    'rx-vlan-id': 101,
    'tx-vlan-id': 100,
    ...changes,
  };
  return Object.fromEntries(Object.entries(port).filter(([, value]) => value !== undefined)) as PortBody;
}
