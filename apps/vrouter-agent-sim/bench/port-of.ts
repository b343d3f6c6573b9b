/** As clients send it: made without the model, so that the sender costs little. `number` from 1. */
export function portOf(number: number): Record<string, unknown> {
  const hex = number.toString(16).padStart(12, '0');
  const id = `5029e6c4-fa3c-4ae0-88b3-${hex}`;
  return {
    id,
    'instance-id': `502789bb-240a-441f-a24c-${hex}`,
    'display-name': `vm-${number}`,
    'ip-address': `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
    'ip6-address': 'None',
    'vn-id': '6782f6e6-9fca-3c02-a76d-d1f37b7d06a3',
    'vm-project-id': '9970147c-33b1-4bf7-8944-8968e708d430',
    'mac-address': (hex.match(/../g) ?? []).join(':'),
    'system-name': id,
    type: 2,
    'rx-vlan-id': 101,
    'tx-vlan-id': 100,
  };
}
