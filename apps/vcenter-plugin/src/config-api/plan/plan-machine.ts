import type { VirtualMachine, VirtualMachineInterface, VirtualNetwork } from '@vrouter/config-api-client';
import { portIdOf } from '../../binding/identity.ts';
import { findInterface } from '../find-interface.ts';
import { ID_PERMS, isOurs, PROJECT, SECURITY_GROUP, uuidFor } from '../names.ts';
import type { ApiPicture } from '../picture.ts';
import { planAddresses } from './plan-addresses.ts';
import { planRemoval } from './plan-removal.ts';
import type { Hold, Plan, PlanContext, Step } from './step.ts';
import type { WantedInterface, WantedMachine } from './wanted.ts';

/**
 * Makes the machine `uuid` of the config API, its interfaces and their addresses what vCenter says; in an order that
 * the server accepts and that leaves, wherever it is cut, something that the next plan completes or takes away. What
 * agents may still hold is not released. Pure.
 */
export function planMachine(
  uuid: string,
  wanted: WantedMachine | undefined,
  picture: ApiPicture,
  context: PlanContext,
): Plan {
  const parts = new Parts();
  const kept = new Set<string>();
  let machine: Pick<VirtualMachine, 'uuid'> | undefined = picture.machines.get(uuid);
  for (const each of wanted?.interfaces ?? []) {
    const found = findInterface(picture, uuid, each.mac, each.network);
    if (found !== undefined) kept.add(found.uuid);
    else if (!each.create) continue;
    const network = picture.networks.get(each.network);
    if (wanted === undefined || network === undefined) continue;
    if (machine === undefined) {
      machine = wanted;
      parts.steps.push(newMachine(wanted));
    }
    if (found !== undefined && !isOurs(found)) {
      parts.take(planAddresses({ id: found.uuid, wanted: each, machine: wanted, network }, picture, context));
      continue;
    }
    const id = found?.uuid ?? freeId(picture, kept, uuid, each);
    if (id === undefined) {
      parts.obstacles.push(`${wanted.name} / ${each.mac}: the ids of its interface belong to other objects`);
      continue;
    }
    kept.add(id);
    if (found === undefined) parts.steps.push(newInterface(id, wanted, each, network));
    else parts.steps.push(...interfaceChanges(found, wanted, network));
    parts.take(planAddresses({ id, wanted: each, machine: wanted, network }, picture, context));
  }
  const leftovers = picture.interfacesOf(uuid).filter((each) => !kept.has(each.uuid));
  const removed = leftovers.filter((each) => parts.take(planRemoval(each, picture, context)));
  const present = picture.machines.get(uuid);
  const stranger = leftovers.find((each) => !isOurs(each));
  if (wanted === undefined && stranger !== undefined && present !== undefined && isOurs(present))
    parts.obstacles.push(`it stays as long as interface ${stranger.uuid} does, which is not ours to delete`);
  const isBare = stranger === undefined && leftovers.length === removed.length;
  parts.steps.push(...machineSteps(present, wanted, isBare, context));
  return parts;
}

/** Plans of parts put together. */
class Parts implements Plan {
  readonly steps: Step[] = [];
  readonly holds: Hold[] = [];
  readonly obstacles: string[] = [];

  /** Is it all that there is to be done about that part? */
  take({ steps, holds, obstacles }: Plan): boolean {
    this.steps.push(...steps);
    this.holds.push(...holds);
    this.obstacles.push(...obstacles);
    return holds.length === 0 && obstacles.length === 0;
  }
}

/** A change of its name, or its removal once nothing is left of it. */
function machineSteps(
  found: VirtualMachine | undefined,
  wanted: WantedMachine | undefined,
  isBare: boolean,
  { isBraked }: PlanContext,
): readonly Step[] {
  if (found === undefined || !isOurs(found)) return [];
  const { uuid } = found;
  if (wanted === undefined)
    return isBare && !isBraked ? [{ kind: 'delete', type: 'virtual-machine', uuid }] : [];
  const { place } = wanted;
  return place === undefined || found.display_name === place
    ? []
    : [{ kind: 'update', type: 'virtual-machine', uuid, changes: { display_name: place } }];
}

/** The name for people is where its agent is: after the loss of our memory that tells whom to ask for its removal. */
function newMachine({ uuid, name, place = name }: WantedMachine): Step {
  const object = { uuid, fq_name: [uuid], display_name: place, id_perms: ID_PERMS };
  return { kind: 'create', type: 'virtual-machine', object };
}

function newInterface(
  uuid: string,
  machine: WantedMachine,
  { mac }: WantedInterface,
  network: VirtualNetwork,
): Step {
  return {
    kind: 'create',
    type: 'virtual-machine-interface',
    object: {
      uuid,
      fq_name: [...PROJECT, uuid],
      parent_type: 'project',
      display_name: interfaceName(machine, network),
      id_perms: ID_PERMS,
      port_security_enabled: true,
      virtual_machine_interface_mac_addresses: { mac_address: [mac] },
      virtual_network_refs: [{ to: network.fq_name, uuid: network.uuid }],
      virtual_machine_refs: [{ to: [machine.uuid], uuid: machine.uuid }],
      security_group_refs: [{ to: SECURITY_GROUP }],
    },
  };
}

/**
 * What vCenter says, field by field. Of what it does not speak of, an operator's choice stays; but no interface is left
 * without a security group, as the original plugin leaves those whose deletion was cut off.
 */
function interfaceChanges(
  { uuid, display_name: name, security_group_refs: groups }: VirtualMachineInterface,
  machine: WantedMachine,
  network: VirtualNetwork,
): readonly Step[] {
  const display_name = interfaceName(machine, network);
  const changed = {
    ...(name !== display_name && { display_name }),
    ...(groups.length === 0 && { security_group_refs: [{ to: SECURITY_GROUP }] }),
  };
  return Object.keys(changed).length === 0
    ? []
    : [{ kind: 'update', type: 'virtual-machine-interface', uuid, changes: changed }];
}

function interfaceName({ name }: WantedMachine, { fq_name: network }: VirtualNetwork): string {
  return `vmi-${network.at(-1)}-${name}`;
}

/**
 * The id of a new interface: that of mode standalone, so that a change of mode keeps ports where it can. It is taken
 * while the MAC's interface of another VM or network is still there; then one that only this interface can have.
 */
function freeId(
  picture: ApiPicture,
  taken: ReadonlySet<string>,
  machine: string,
  { mac, network }: WantedInterface,
): string | undefined {
  const ids = [portIdOf(mac), uuidFor('interface', machine, mac, network)];
  return ids.find((id) => !picture.interfaces.has(id) && !taken.has(id));
}
