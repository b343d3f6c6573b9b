import {
  Guid,
  LinkState,
  NO_VLAN,
  NO_VLAN_STORED,
  parsePorts,
  problemText,
  type Port,
} from '@vrouter/port-model';
import { z } from 'zod';
import { AdminRefusal, problemsText } from './body.ts';

/** Real agents hold "none" as they write it to files. */
const Uint16 = z
  .int()
  .min(NO_VLAN)
  .max(65_535)
  .transform((vlan) => (vlan === NO_VLAN ? NO_VLAN_STORED : vlan));

/** A port as the real agent may hold it: its values have been taken, whatever they are. */
const TakenPort = z.strictObject({
  id: Guid,
  'instance-id': Guid,
  'vn-id': Guid,
  'vm-project-id': Guid,
  'display-name': z.string(),
  'ip-address': z.string(),
  'ip6-address': z.string(),
  'mac-address': z.string(),
  'system-name': z.string(),
  type: z.literal([0, 1, 2]),
  'rx-vlan-id': Uint16,
  'tx-vlan-id': Uint16,
  'vhostuser-mode': z.int().min(0).max(255),
  'link-state': LinkState,
});

/** The ports of a snapshot of any profile; `isStrict`: each must be valid. Throws `AdminRefusal` BAD_BODY that names the bad ones. */
export function portsIn(values: readonly unknown[], isStrict: boolean): readonly Port[] {
  if (isStrict) {
    const parsed = parsePorts(values.map(withoutStoredVlans));
    if (parsed.ok) return parsed.value;
    throw new AdminRefusal('BAD_BODY', parsed.problems.map(problemText).join('; '));
  }
  return values.map((value, index) => {
    const result = TakenPort.safeParse(value);
    if (result.success) return result.data;
    throw new AdminRefusal('BAD_BODY', `element ${index}: ${problemsText(result.error)}`);
  });
}

function withoutStoredVlans(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const vlans = ['rx-vlan-id', 'tx-vlan-id'] as const;
  const port: Readonly<Record<string, unknown>> = { ...value };
  return {
    ...port,
    ...Object.fromEntries(vlans.filter((key) => port[key] === NO_VLAN_STORED).map((key) => [key, NO_VLAN])),
  };
}
