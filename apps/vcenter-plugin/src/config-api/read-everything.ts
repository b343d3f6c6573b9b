import type { ConfigApiClient, NoAnswer } from '@vrouter/config-api-client';
import { ApiPicture } from './picture.ts';

/**
 * All that mode vcenter-only deals with, in four lists: the networks of the project, all machines and addresses, which
 * belong to no project, and all interfaces, since somebody else's may be of another project. Whole, or a failure.
 */
export async function readEverything(
  api: Pick<ConfigApiClient, 'list'>,
  project: string,
  signal: AbortSignal,
): Promise<ApiPicture | NoAnswer> {
  const [networks, machines, interfaces, addresses] = await Promise.all([
    api.list('virtual-network', { parentIds: [project] }, signal),
    api.list('virtual-machine', {}, signal),
    api.list('virtual-machine-interface', { fields: ['floating_ip_back_refs'] }, signal),
    api.list('instance-ip', {}, signal),
  ]);
  if (networks.kind !== 'listed') return networks;
  if (machines.kind !== 'listed') return machines;
  if (interfaces.kind !== 'listed') return interfaces;
  if (addresses.kind !== 'listed') return addresses;
  const picture = new ApiPicture();
  for (const each of networks.objects) picture.put('virtual-network', each);
  for (const each of machines.objects) picture.put('virtual-machine', each);
  for (const each of interfaces.objects) picture.put('virtual-machine-interface', each);
  for (const each of addresses.objects) picture.put('instance-ip', each);
  return picture;
}
