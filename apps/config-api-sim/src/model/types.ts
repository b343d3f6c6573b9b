export type PropertyKind = 'boolean' | 'integer' | 'string' | 'object';

export interface TypeRules {
  /** Types that its parent may have; none: it stands alone. */
  readonly parents: readonly TypeName[];
  /** Types that it may refer to. */
  readonly refs: readonly TypeName[];
  /** What is kept besides the common properties; anything else is dropped without a word, as the real server does. */
  readonly properties: Readonly<Record<string, PropertyKind>>;
}

export const TYPE_NAMES = [
  'domain',
  'project',
  'network-ipam',
  'security-group',
  'virtual-network',
  'virtual-machine',
  'virtual-machine-interface',
  'instance-ip',
  'floating-ip-pool',
  'floating-ip',
] as const;
export type TypeName = (typeof TYPE_NAMES)[number];

export const COMMON_PROPERTIES: Readonly<Record<string, PropertyKind>> = {
  display_name: 'string',
  id_perms: 'object',
  perms2: 'object',
  annotations: 'object',
};

export const TYPES: Readonly<Record<TypeName, TypeRules>> = {
  domain: { parents: [], refs: [], properties: { domain_limits: 'object' } },
  project: {
    parents: ['domain'],
    refs: ['floating-ip-pool'],
    properties: { quota: 'object', vxlan_routing: 'boolean', alarm_enable: 'boolean' },
  },
  'network-ipam': {
    parents: ['project'],
    refs: [],
    properties: { network_ipam_mgmt: 'object', ipam_subnets: 'object', ipam_subnet_method: 'string' },
  },
  'security-group': {
    parents: ['project'],
    refs: [],
    properties: {
      security_group_entries: 'object',
      security_group_id: 'integer',
      configured_security_group_id: 'integer',
    },
  },
  'virtual-network': {
    parents: ['project'],
    refs: ['network-ipam'],
    properties: {
      virtual_network_properties: 'object',
      virtual_network_network_id: 'integer',
      provider_properties: 'object',
      route_target_list: 'object',
      address_allocation_mode: 'string',
      router_external: 'boolean',
      is_shared: 'boolean',
      external_ipam: 'boolean',
      port_security_enabled: 'boolean',
      flood_unknown_unicast: 'boolean',
      multi_policy_service_chains_enabled: 'boolean',
    },
  },
  'virtual-machine': { parents: [], refs: [], properties: {} },
  'virtual-machine-interface': {
    parents: ['virtual-machine', 'project'],
    refs: ['security-group', 'virtual-machine-interface', 'virtual-machine', 'virtual-network'],
    properties: {
      virtual_machine_interface_mac_addresses: 'object',
      virtual_machine_interface_properties: 'object',
      virtual_machine_interface_bindings: 'object',
      virtual_machine_interface_dhcp_option_list: 'object',
      virtual_machine_interface_host_routes: 'object',
      virtual_machine_interface_allowed_address_pairs: 'object',
      virtual_machine_interface_fat_flow_protocols: 'object',
      virtual_machine_interface_device_owner: 'string',
      virtual_machine_interface_disable_policy: 'boolean',
      port_security_enabled: 'boolean',
    },
  },
  'instance-ip': {
    parents: [],
    refs: ['virtual-network', 'virtual-machine-interface'],
    properties: {
      instance_ip_address: 'string',
      instance_ip_family: 'string',
      instance_ip_mode: 'string',
      instance_ip_secondary: 'boolean',
      instance_ip_local_ip: 'boolean',
      service_instance_ip: 'boolean',
      secondary_ip_tracking_ip: 'object',
      subnet_uuid: 'string',
    },
  },
  'floating-ip-pool': {
    parents: ['virtual-network'],
    refs: [],
    properties: { floating_ip_pool_subnets: 'object' },
  },
  'floating-ip': {
    parents: ['floating-ip-pool', 'instance-ip'],
    refs: ['project', 'virtual-machine-interface'],
    properties: {
      floating_ip_address: 'string',
      floating_ip_address_family: 'string',
      floating_ip_fixed_ip_address: 'string',
      floating_ip_traffic_direction: 'string',
      floating_ip_is_virtual_ip: 'boolean',
      floating_ip_port_mappings_enable: 'boolean',
      floating_ip_port_mappings: 'object',
    },
  },
};

export function isTypeName(name: unknown): name is TypeName {
  return (TYPE_NAMES as readonly unknown[]).includes(name);
}

const underscored = (type: TypeName): string => type.replaceAll('-', '_');

/** `virtual_network_refs`: what an object refers to. */
export const refsField = (type: TypeName): string => `${underscored(type)}_refs`;
/** `virtual_network_back_refs`: who refers to an object. */
export const backRefsField = (type: TypeName): string => `${underscored(type)}_back_refs`;
/** `virtual_networks`: children of that type. */
export const childrenField = (type: TypeName): string => `${underscored(type)}s`;

/** Types whose objects may refer to, or be children of, objects of `type`. */
export const referringTypes = (type: TypeName): TypeName[] =>
  TYPE_NAMES.filter((other) => TYPES[other].refs.includes(type));
export const childTypes = (type: TypeName): TypeName[] =>
  TYPE_NAMES.filter((other) => TYPES[other].parents.includes(type));
