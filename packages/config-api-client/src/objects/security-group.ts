import { z } from 'zod';
import { common, links, type CommonChanges } from './common.ts';

const Address = z.looseObject({
  security_group: z.string().nullish(),
  subnet: z.looseObject({ ip_prefix: z.string(), ip_prefix_len: z.number() }).nullish(),
});
const Ports = z.object({ start_port: z.number(), end_port: z.number() });

export const PolicyRule = z.looseObject({
  direction: z.string(),
  protocol: z.string(),
  ethertype: z.string().nullish(),
  rule_uuid: z.string().nullish(),
  src_addresses: z.array(Address),
  src_ports: z.array(Ports),
  dst_addresses: z.array(Address),
  dst_ports: z.array(Ports),
});
export type PolicyRule = z.infer<typeof PolicyRule>;

export const SecurityGroup = z.object({
  ...common,
  security_group_entries: z.object({ policy_rule: z.array(PolicyRule).nullish() }).nullish(),
  virtual_machine_interface_back_refs: links,
});
export type SecurityGroup = z.infer<typeof SecurityGroup>;

export interface SecurityGroupChanges extends CommonChanges {
  readonly security_group_entries?: { readonly policy_rule: readonly PolicyRule[] } | null;
}
