import { z } from 'zod';
import { common, links, type CommonChanges } from './common.ts';

export const Project = z.object({
  ...common,
  virtual_networks: links,
  network_ipams: links,
  security_groups: links,
});
export type Project = z.infer<typeof Project>;
export type ProjectChanges = CommonChanges;
