export const VM = '502789bb-240a-841f-e24c-1564537218f7';
export const VM_NAME = 'web-1';
export const VMI = 'fe71b44d-0654-36aa-9841-ab9b78d628c5';
const VN = '6782f6e6-9fca-3c02-a76d-d1f37b7d06a3';

export const PORT = {
  id: VMI,
  'instance-id': VM,
  'display-name': VM_NAME,
  'ip-address': '192.168.200.5',
  'ip6-address': '::',
  'vn-id': VN,
  'vm-project-id': '9970147c-33b1-4bf7-8944-8968e708d430',
  'mac-address': '00:50:56:bf:7d:a1',
  'system-name': VMI,
  type: 2,
  'rx-vlan-id': 101,
  'tx-vlan-id': 100,
} as const;

export const SUBSCRIPTION = {
  'vm-uuid': VM,
  'vn-uuid': VN,
  'vmi-uuid': VMI,
  'vm-id': '',
  'vm-name': VM_NAME,
  'host-ifname': 'tapfe71b44d-06',
  'vm-ifname': 'eth0',
  'vm-namespace': '',
} as const;

const SUBNET = { 'ip-address': '10.0.0.0', 'prefix-len': 24 } as const;

export const GATEWAY = {
  interface: 'vgw1',
  'routing-instance': 'default-domain:admin:public:public',
  subnets: [SUBNET],
  routes: [SUBNET],
} as const;
