import type { VirtualNetwork } from '@vrouter/config-api-client';
import { Guid } from '@vrouter/port-model';
import { addressesIn, findInterface } from '../config-api/find-interface.ts';
import type { ApiPicture } from '../config-api/picture.ts';
import { subnetsOf } from '../config-api/plan/subnets.ts';
import type { Inventory, Network, VirtualMachine } from '../inventory/model.ts';
import { bindPorts, type Identified } from './bind-ports.ts';
import type { Candidate } from './candidates.ts';
import type { Binding, Lifecycle, Placement } from './desired-port.ts';

const GUID_LENGTH = 36;

/**
 * Mode `vcenter-as-compute`: OpenStack has made networks and interfaces, and the port of an adapter is the interface of
 * its VM with its MAC in its network. An adapter without one waits: an id that we made up would be nobody's. Pure.
 */
export function bindAsCompute(
  inventory: Inventory,
  placements: readonly Placement[],
  lifecycle: Lifecycle,
  picture: ApiPicture,
): Binding {
  return bindPorts(inventory, placements, lifecycle, (candidate, network) =>
    identifyInApi(candidate, network, picture),
  );
}

export function identifyInApi({ vm, mac }: Candidate, { name }: Network, picture: ApiPicture): Identified {
  const networkId = openStackNetworkId(name);
  if (networkId === undefined)
    return { kind: 'waiting', reason: `port group ${name} has no network id at the end of its name` };
  const network = picture.networks.get(networkId);
  if (network === undefined)
    return { kind: 'waiting', reason: `the config API has no network ${networkId} yet` };
  const found = findInterface(picture, vm.id, mac, networkId);
  if (found === undefined) {
    const reason = `the config API has no interface yet of VM ${vm.id} with MAC ${mac} in network ${networkId}`;
    return { kind: 'waiting', reason };
  }
  const isBare = awaitsAddress(picture, found.uuid, network);
  return {
    kind: 'known',
    ...(isBare && { lacks: 'its interface has no address in the config API yet: it forwards without one' }),
    identity: {
      id: found.uuid,
      networkId,
      projectId: network.parent_uuid ?? undefined,
      displayName: openStackName(vm),
      ...addressesIn(picture, found.uuid, networkId),
    },
  };
}

/**
 * An interface comes before its address, and the address of a subnet may be on its way. The port does not wait for it:
 * OpenStack also knows interfaces that never have one.
 */
export function awaitsAddress(picture: ApiPicture, interfaceId: string, network: VirtualNetwork): boolean {
  const { ip, ip6 } = addressesIn(picture, interfaceId, network.uuid);
  return ip === undefined && ip6 === undefined && subnetsOf(network).length > 0;
}

/** The driver of Nova calls a port group after its network, since Mitaka with the id of the cluster before it. */
export function openStackNetworkId(portGroupName: string): string | undefined {
  const id = Guid.safeParse(portGroupName.slice(-GUID_LENGTH));
  return id.success ? id.data : undefined;
}

/** Nova writes `name:<name>` and more into the annotation; the VM's own name is an id. */
function openStackName({ annotation = '', name }: VirtualMachine): string {
  return /^name:(\S+)/u.exec(annotation)?.[1] ?? name;
}
