import { NIL_GUID, parsePort, VCENTER_CLIENT_TYPE, type Port } from '@vrouter/port-model';
import type { VirtualMachineInterface } from '@vrouter/config-api-client';
import type { AgentsView } from '../config-api/agents-view.ts';
import { findInterface, macOf } from '../config-api/find-interface.ts';
import { isOurs } from '../config-api/names.ts';
import type { ApiPicture } from '../config-api/picture.ts';
import type { Wanted } from '../config-api/plan/wanted.ts';

/** A port that nobody wants any more, and the agent that may hold it. */
export interface Remains {
  readonly agent: string;
  readonly port: Port;
}

/**
 * Interfaces of ours that vCenter does not have any more, and of which our own memory knows nothing, because it was
 * lost: the config API remembers where their machine was, so that agent can be asked to delete their ports before
 * their addresses go to somebody else. Pure.
 */
export function remains(
  wanted: Wanted,
  picture: ApiPicture,
  agents: Pick<AgentsView, 'agentAt' | 'holds'>,
): Remains[] {
  const found: Remains[] = [];
  for (const { uuid: machine, display_name: place, ...rest } of picture.machines.values()) {
    const agent = isOurs(rest) ? agents.agentAt(place ?? '') : undefined;
    if (agent === undefined) continue;
    const kept = new Set(
      (wanted.machines.get(machine)?.interfaces ?? []).map(
        ({ mac, network }) => findInterface(picture, machine, mac, network)?.uuid,
      ),
    );
    for (const each of picture.interfacesOf(machine)) {
      if (!isOurs(each) || kept.has(each.uuid) || agents.holds(each.uuid) !== undefined) continue;
      const port = formerPort(machine, each, picture);
      if (port !== undefined) found.push({ agent, port });
    }
  }
  return found;
}

/** As much of the port as the config API knows; it is only to be deleted. */
function formerPort(machine: string, each: VirtualMachineInterface, picture: ApiPicture): Port | undefined {
  const [address] = picture.addressesOf(each.uuid);
  const parsed = parsePort({
    id: each.uuid,
    'instance-id': machine,
    'vn-id': each.virtual_network_refs[0]?.uuid ?? NIL_GUID,
    'vm-project-id': each.parent_uuid ?? NIL_GUID,
    'display-name': machine,
    'ip-address': address?.instance_ip_address ?? 'None',
    'ip6-address': 'None',
    'mac-address': macOf(each) ?? '',
    'system-name': each.uuid,
    type: VCENTER_CLIENT_TYPE,
    'rx-vlan-id': -1,
    'tx-vlan-id': -1,
  });
  return parsed.ok ? parsed.value : undefined;
}
