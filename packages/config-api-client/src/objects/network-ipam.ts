import { z } from 'zod';
import { common, links, type CommonChanges } from './common.ts';

export const NetworkIpam = z.object({ ...common, virtual_network_back_refs: links });
export type NetworkIpam = z.infer<typeof NetworkIpam>;
export type NetworkIpamChanges = CommonChanges;
