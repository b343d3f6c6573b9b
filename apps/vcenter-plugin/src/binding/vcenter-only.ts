import { findInterface, isIn } from '../config-api/find-interface.ts';
import type { ApiPicture } from '../config-api/picture.ts';
import { addressPolicy } from '../config-api/plan/subnets.ts';
import type { Inventory, Network } from '../inventory/model.ts';
import { bindPorts, type Identified } from './bind-ports.ts';
import type { Candidate } from './candidates.ts';
import type { Binding, DesiredPort, Lifecycle, Placement } from './desired-port.ts';
import { networkIdOf, portIdOf } from './identity.ts';

/** What is known besides the inventory. */
export interface Known {
  readonly picture: ApiPicture;
  /** Is that object being deleted right now? */
  readonly isLeaving: (uuid: string) => boolean;
  /** What an agent was told to have last. */
  readonly desiredBefore: (agent: string, portId: string) => DesiredPort | undefined;
}

/**
 * Mode `vcenter-only`: the port of an adapter is the interface that we keep for it in the config API, with the address
 * that it has there. As soon as both exist there is a port; until then an agent that has it keeps it as it is. Pure.
 */
export function bindVcenterOnly(
  inventory: Inventory,
  placements: readonly Placement[],
  lifecycle: Lifecycle,
  known: Known,
): Binding {
  return bindPorts(inventory, placements, lifecycle, (candidate, network, agent) =>
    identify(candidate, network, agent, known),
  );
}

function identify(
  { vm, mac, adapter }: Candidate,
  { key, name }: Network,
  agent: string,
  { picture, isLeaving, desiredBefore }: Known,
): Identified {
  const networkId = networkIdOf(key);
  const network = picture.networks.get(networkId);
  const found = findInterface(picture, vm.id, mac, networkId);
  const wait = (id: string, reason: string): Identified => {
    const desired = desiredBefore(agent, id);
    const isSame = desired?.port['instance-id'] === vm.id && desired.port['vn-id'] === networkId;
    return desired !== undefined && isSame ? { kind: 'kept', desired, reason } : { kind: 'waiting', reason };
  };
  if (network === undefined) return wait(portIdOf(mac), `network ${name} is not in the config API yet`);
  if (found === undefined) return wait(portIdOf(mac), 'its interface is not in the config API yet');
  // Somebody else may have its address before it has one again.
  if (isLeaving(found.uuid)) return { kind: 'waiting', reason: 'its interface is leaving the config API' };
  const addresses = picture
    .addressesOf(found.uuid)
    .filter((each) => isIn(each, networkId) && !isLeaving(each.uuid))
    .map(({ instance_ip_address: address }) => address ?? undefined);
  const policy = addressPolicy(network);
  const [first] = addresses;
  if (policy === 'api' && first === undefined)
    return wait(found.uuid, 'it has no address in the config API yet');
  const own = addresses.find((address) => address === adapter.ip);
  const ip = policy === 'none' ? adapter.ip : policy === 'api' ? first : (own ?? first);
  const { uuid: id } = found;
  const projectId = network.parent_uuid ?? undefined;
  return { kind: 'known', identity: { id, networkId, projectId, displayName: vm.name, ip } };
}
