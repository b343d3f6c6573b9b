import type { ConfigApiClient, NoAnswer } from '@vrouter/config-api-client';
import { ApiPicture } from './picture.ts';

/** All that mode vcenter-as-compute may do with the config API: there is nothing here that writes. */
export type ReadOnlyApi = Pick<ConfigApiClient, 'url' | 'resolve' | 'list' | 'close'>;

/** Which part of the config API: what belongs to these VMs, and these networks. */
export interface ComputeScope {
  readonly machines: readonly string[];
  readonly networks: readonly string[];
}

/** Every installation has it; that it answers matters, not what. */
const ANY_PROJECT = ['default-domain', 'default-project'];

/**
 * The networks, interfaces and addresses in `scope`: a request for 500 objects of a kind, never one for each. `isWhole`:
 * to be asked even if there is nothing in it, because a server that is away must not pass for one that has nothing.
 */
export async function readCompute(
  api: ReadOnlyApi,
  { machines, networks }: ComputeScope,
  isWhole: boolean,
  signal: AbortSignal,
): Promise<ApiPicture | NoAnswer> {
  const picture = new ApiPicture();
  if (isWhole) {
    const answer = await api.resolve('project', ANY_PROJECT, signal);
    if (answer.kind !== 'resolved' && answer.kind !== 'not-found') return answer;
  }
  const [foundNetworks, interfaces] = await Promise.all([
    api.list('virtual-network', { uuids: networks }, signal),
    api.list('virtual-machine-interface', { backRefIds: machines }, signal),
  ]);
  if (foundNetworks.kind !== 'listed') return foundNetworks;
  if (interfaces.kind !== 'listed') return interfaces;
  const backRefIds = interfaces.objects.map(({ uuid }) => uuid);
  const addresses = await api.list('instance-ip', { backRefIds }, signal);
  if (addresses.kind !== 'listed') return addresses;
  for (const each of foundNetworks.objects) picture.put('virtual-network', each);
  for (const each of interfaces.objects) picture.put('virtual-machine-interface', each);
  for (const each of addresses.objects) picture.put('instance-ip', each);
  return picture;
}

/** Takes over what was read of `scope`, and forgets what was not found there any more. */
export function mergeCompute(
  picture: ApiPicture,
  read: ApiPicture,
  { machines, networks }: ComputeScope,
): void {
  for (const uuid of networks) picture.remove('virtual-network', uuid);
  for (const each of machines.flatMap((machine) => picture.interfacesOf(machine)))
    removeInterface(picture, each.uuid);
  for (const each of read.networks.values()) picture.put('virtual-network', each);
  for (const each of read.interfaces.values()) picture.put('virtual-machine-interface', each);
  for (const each of read.addresses.values()) picture.put('instance-ip', each);
}

/** With its addresses. */
export function removeInterface(picture: ApiPicture, uuid: string): void {
  for (const address of picture.addressesOf(uuid)) picture.remove('instance-ip', address.uuid);
  picture.remove('virtual-machine-interface', uuid);
}
