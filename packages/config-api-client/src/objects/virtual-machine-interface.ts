import { z } from 'zod';
import { common, links, type CommonChanges, type NewReference } from './common.ts';

export const VirtualMachineInterface = z.object({
  ...common,
  virtual_machine_interface_mac_addresses: z.object({ mac_address: z.array(z.string()).nullish() }).nullish(),
  port_security_enabled: z.boolean().nullish(),
  virtual_network_refs: links,
  virtual_machine_refs: links,
  security_group_refs: links,
  instance_ip_back_refs: links,
  floating_ip_back_refs: links,
});
export type VirtualMachineInterface = z.infer<typeof VirtualMachineInterface>;

export interface VirtualMachineInterfaceChanges extends CommonChanges {
  readonly virtual_machine_interface_mac_addresses?: { readonly mac_address: readonly string[] };
  readonly port_security_enabled?: boolean | null;
  readonly virtual_network_refs?: readonly NewReference[];
  readonly virtual_machine_refs?: readonly NewReference[];
  readonly security_group_refs?: readonly NewReference[];
}
