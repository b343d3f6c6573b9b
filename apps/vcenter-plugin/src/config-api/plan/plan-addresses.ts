import type { VirtualNetwork } from '@vrouter/config-api-client';
import { isIn } from '../find-interface.ts';
import { ID_PERMS, isOurs, PROJECT, uuidFor } from '../names.ts';
import type { ApiPicture } from '../picture.ts';
import type { Hold, Plan, PlanContext, Step } from './step.ts';
import { addressPolicy, isInSubnets } from './subnets.ts';
import type { WantedInterface, WantedMachine } from './wanted.ts';

/** An interface that is there, or will be by the time of these steps. */
export interface Addressed {
  readonly id: string;
  readonly wanted: WantedInterface;
  readonly machine: WantedMachine;
  readonly network: VirtualNetwork;
}

/** The instance-ips of an interface: one that the config API chooses, or the one that the guest has. Pure. */
export function planAddresses(of: Addressed, picture: ApiPicture, context: PlanContext): Plan {
  const { id, network, machine, wanted } = of;
  const present = picture.addressesOf(id).filter((each) => isIn(each, network.uuid));
  const policy = addressPolicy(network);
  if (policy === 'none') return plan();
  if (policy === 'api') return plan(present.length > 0 ? [] : [newAddress(of, undefined, picture)]);

  const { address } = wanted;
  if (address === undefined) return plan();
  if (!isInSubnets(network, address)) {
    const text = `${machine.name} / ${wanted.mac}: its guest's address ${address} is in no subnet of ${network.fq_name.at(-1)}, or in none of its pools`;
    return plan([], [], [text]);
  }
  const steps: Step[] = [];
  const holds: Hold[] = [];
  if (!present.some((each) => each.instance_ip_address === address))
    steps.push(newAddress(of, address, picture));
  for (const { uuid, instance_ip_address: old, ...rest } of present) {
    if (old === address || old === null || old === undefined || !isOurs(rest)) continue;
    if (context.holds(id)?.has(old) === true) holds.push({ portId: id, address: old });
    else if (steps.length === 0) steps.push({ kind: 'delete', type: 'instance-ip', uuid });
  }
  return plan(steps, holds);
}

function newAddress(
  { id, machine, network }: Addressed,
  address: string | undefined,
  { interfaces }: ApiPicture,
): Step {
  // Somebody else's may be of another project.
  const to = interfaces.get(id)?.fq_name ?? [...PROJECT, id];
  const uuid = uuidFor('instance-ip', id, address ?? '');
  return {
    kind: 'create',
    type: 'instance-ip',
    object: {
      uuid,
      fq_name: [uuid],
      display_name: `ip-${network.fq_name.at(-1)}-${machine.name}`,
      id_perms: ID_PERMS,
      virtual_network_refs: [{ to: network.fq_name, uuid: network.uuid }],
      virtual_machine_interface_refs: [{ to, uuid: id }],
      ...(address !== undefined && { instance_ip_address: address }),
    },
  };
}

function plan(
  steps: readonly Step[] = [],
  holds: readonly Hold[] = [],
  obstacles: readonly string[] = [],
): Plan {
  return { steps, holds, obstacles };
}
