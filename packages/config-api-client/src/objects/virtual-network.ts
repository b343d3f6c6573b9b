import { z } from 'zod';
import { common, links, Reference, type CommonChanges, type NewReference } from './common.ts';

/** A subnet of a network. Server and other clients may keep more in it, so unknown fields stay. */
export const IpamSubnet = z.looseObject({
  subnet: z.looseObject({ ip_prefix: z.string(), ip_prefix_len: z.number() }).nullish(),
  subnet_uuid: z.string().nullish(),
  subnet_name: z.string().nullish(),
  /** Completed by the server, like `dns_server_address`. */
  default_gateway: z.string().nullish(),
  dns_server_address: z.string().nullish(),
  enable_dhcp: z.boolean().nullish(),
  allocation_pools: z.array(z.looseObject({ start: z.string(), end: z.string() })).nullish(),
  addr_from_start: z.boolean().nullish(),
  alloc_unit: z.number().nullish(),
});
export type IpamSubnet = z.infer<typeof IpamSubnet>;

const IpamReference = Reference.extend({
  attr: z.looseObject({ ipam_subnets: z.array(IpamSubnet).nullish() }).nullish(),
});

export const VirtualNetwork = z.object({
  ...common,
  external_ipam: z.boolean().nullish(),
  port_security_enabled: z.boolean().nullish(),
  router_external: z.boolean().nullish(),
  is_shared: z.boolean().nullish(),
  network_ipam_refs: z
    .array(IpamReference)
    .nullish()
    .transform((list) => list ?? []),
  virtual_machine_interface_back_refs: links,
  instance_ip_back_refs: links,
});
export type VirtualNetwork = z.infer<typeof VirtualNetwork>;

export interface VirtualNetworkChanges extends CommonChanges {
  readonly external_ipam?: boolean | null;
  readonly port_security_enabled?: boolean | null;
  readonly router_external?: boolean | null;
  readonly is_shared?: boolean | null;
  readonly network_ipam_refs?: readonly NewReference<{ readonly ipam_subnets: readonly IpamSubnet[] }>[];
}
