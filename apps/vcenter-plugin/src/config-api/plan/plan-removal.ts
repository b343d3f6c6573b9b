import type { VirtualMachineInterface } from '@vrouter/config-api-client';
import { isOurs } from '../names.ts';
import type { ApiPicture } from '../picture.ts';
import type { Plan, PlanContext, Step } from './step.ts';

/**
 * Takes an interface away that vCenter does not have, with its addresses, or of somebody else's the addresses that we
 * gave it: only once no agent may hold its port, so that nobody else gets an address while somebody still forwards for
 * it. Pure.
 */
export function planRemoval(each: VirtualMachineInterface, picture: ApiPicture, context: PlanContext): Plan {
  const { uuid } = each;
  const addresses = picture.addressesOf(uuid);
  const released = addresses
    .filter(isOurs)
    .map((address): Step => ({ kind: 'delete', type: 'instance-ip', uuid: address.uuid }));
  if (!isOurs(each) && released.length === 0) return { steps: [], holds: [], obstacles: [] };
  if (context.holds(uuid) !== undefined) return { steps: [], holds: [{ portId: uuid }], obstacles: [] };
  if (context.isBraked || context.isHeldBack(uuid))
    return stuck(`interface ${uuid} is not deleted while the brake holds`);
  if (!isOurs(each)) return { steps: released, holds: [], obstacles: [] };
  const foreign = addresses.find((address) => !isOurs(address));
  if (foreign !== undefined)
    return stuck(`interface ${uuid} has an address that is not ours: ${foreign.uuid}`);
  const detached = each.floating_ip_back_refs.map((ref): Step => ({
    kind: 'detach',
    floatingIp: ref.uuid,
    uuid,
  }));
  const gone: Step = { kind: 'delete', type: 'virtual-machine-interface', uuid };
  return { steps: [...detached, ...released, gone], holds: [], obstacles: [] };
}

function stuck(text: string): Plan {
  return { steps: [], holds: [], obstacles: [text] };
}
