import { z } from 'zod';
import { common, links, type CommonChanges, type NewReference } from './common.ts';

export const FloatingIp = z.object({
  ...common,
  floating_ip_address: z.string().nullish(),
  project_refs: links,
  virtual_machine_interface_refs: links,
});
export type FloatingIp = z.infer<typeof FloatingIp>;

export interface FloatingIpChanges extends CommonChanges {
  readonly floating_ip_address?: string;
  readonly project_refs?: readonly NewReference[];
  readonly virtual_machine_interface_refs?: readonly NewReference[];
}
