import { z } from 'zod';
import { common, links, type CommonChanges, type NewReference } from './common.ts';

export const InstanceIp = z.object({
  ...common,
  /** Chosen by the server unless it was asked for; fixed from then on. */
  instance_ip_address: z.string().nullish(),
  instance_ip_family: z.string().nullish(),
  subnet_uuid: z.string().nullish(),
  virtual_network_refs: links,
  virtual_machine_interface_refs: links,
});
export type InstanceIp = z.infer<typeof InstanceIp>;

export interface InstanceIpChanges extends CommonChanges {
  readonly instance_ip_address?: string;
  readonly instance_ip_family?: 'v4' | 'v6';
  readonly subnet_uuid?: string;
  readonly virtual_network_refs?: readonly NewReference[];
  readonly virtual_machine_interface_refs?: readonly NewReference[];
}
