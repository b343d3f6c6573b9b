import { Port, type PortInput } from '@vrouter/port-model';

/** The `number`th of a family of valid, different ports; `changes` replace fields. */
export function samplePort(number = 1, changes: Partial<PortInput> = {}): Port {
  const hex = number.toString(16).padStart(8, '0');
  const id = `5029e6c4-fa3c-8ae0-d8b3-0000${hex}`;
  return Port.parse({
    id,
    'instance-id': `502789bb-240a-841f-e24c-0000${hex}`,
    'display-name': `vm-${number}`,
    'ip-address': `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
    'ip6-address': 'None',
    'vn-id': '6782f6e6-9fca-3c02-a76d-d1f37b7d06a3',
    'vm-project-id': '9970147c-33b1-4bf7-8944-8968e708d430',
    'mac-address': `00:50:${(hex.match(/../g) ?? []).join(':')}`,
    'system-name': id,
    type: 2,
    'rx-vlan-id': 101,
    'tx-vlan-id': 100,
    ...changes,
  });
}
