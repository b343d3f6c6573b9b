import type { IpamSubnet, VirtualNetwork } from '@vrouter/config-api-client';
import { ID_PERMS, IPAM, isOurs, PROJECT } from '../names.ts';
import type { ApiPicture } from '../picture.ts';
import type { Plan, PlanContext, Step, Update } from './step.ts';
import { gatewayConflict, subnetsWith, wantedSubnet } from './subnets.ts';
import type { WantedNetwork } from './wanted.ts';

const NOTHING: Plan = { steps: [], holds: [], obstacles: [] };

/** Makes the network `uuid` of the config API what vCenter says. Pure. */
export function planNetwork(
  uuid: string,
  wanted: WantedNetwork | undefined,
  picture: ApiPicture,
  context: PlanContext,
): Plan {
  const found = picture.networks.get(uuid);
  if (found === undefined)
    return wanted?.create === true ? withProblem(planNew(wanted, picture), wanted) : NOTHING;
  if (!isOurs(found)) return NOTHING;
  if (wanted !== undefined) return withProblem(planChanges(wanted, found), wanted);
  if (context.isBraked) return obstacle(`network ${nameOf(found)} is not deleted while the brake holds`);
  if (isUsed(uuid, picture)) return NOTHING;
  return { ...NOTHING, steps: [{ kind: 'delete', type: 'virtual-network', uuid }] };
}

function planNew({ uuid, name, addresses }: WantedNetwork, picture: ApiPicture): Plan {
  for (const other of picture.networks.values()) {
    if (other.fq_name.at(-1) === name)
      return obstacle(`network ${name} cannot be made: ${other.uuid} has its name`);
  }
  const ipam_subnets = addresses === undefined ? [] : [wantedSubnet(name, addresses)];
  const step: Step = {
    kind: 'create',
    type: 'virtual-network',
    object: {
      uuid,
      fq_name: [...PROJECT, name],
      parent_type: 'project',
      display_name: name,
      id_perms: ID_PERMS,
      external_ipam: addresses?.addresses === 'guest',
      port_security_enabled: true,
      ...(ipam_subnets.length > 0 && { network_ipam_refs: [{ to: IPAM, attr: { ipam_subnets } }] }),
    },
  };
  return { ...NOTHING, steps: [step] };
}

/** Field by field. What the configuration does not mention stays as it is. */
function planChanges({ uuid, name, addresses }: WantedNetwork, found: VirtualNetwork): Plan {
  const subnet = addresses && wantedSubnet(nameOf(found), addresses);
  const subnets = subnet && subnetsWith(found, subnet);
  const conflict = subnet && gatewayConflict(found, subnet);
  const isExternal = addresses === undefined ? undefined : addresses.addresses === 'guest';
  const changed = {
    ...(found.display_name !== name && { display_name: name }),
    ...(isExternal !== undefined &&
      (found.external_ipam ?? false) !== isExternal && { external_ipam: isExternal }),
    ...(subnets !== undefined && { network_ipam_refs: ipamRefs(found, subnets) }),
  };
  const update: Update = { kind: 'update', type: 'virtual-network', uuid, changes: changed };
  return {
    ...NOTHING,
    steps: Object.keys(changed).length === 0 ? [] : [update],
    obstacles: conflict === undefined ? [] : [`network ${name}: ${conflict}`],
  };
}

/** All in the reference that is there first, so that none is there twice. */
function ipamRefs(found: VirtualNetwork, subnets: readonly IpamSubnet[]) {
  const [first] = found.network_ipam_refs;
  return [{ to: first?.to ?? IPAM, attr: { ipam_subnets: [...subnets] } }];
}

/** A network whose subnet is not to be known has its ports all the same. */
function withProblem(plan: Plan, { name, problem }: WantedNetwork): Plan {
  return problem === undefined
    ? plan
    : { ...plan, obstacles: [...plan.obstacles, `network ${name} has no subnet from vCenter: ${problem}`] };
}

function isUsed(uuid: string, { interfaces, addresses }: ApiPicture): boolean {
  const refers = ({
    virtual_network_refs: refs,
  }: {
    virtual_network_refs: readonly { uuid: string }[];
  }): boolean => refs.some((ref) => ref.uuid === uuid);
  return [...interfaces.values(), ...addresses.values()].some(refers);
}

function nameOf({ fq_name: name }: VirtualNetwork): string {
  return name.at(-1) ?? '';
}

function obstacle(text: string): Plan {
  return { ...NOTHING, obstacles: [text] };
}
