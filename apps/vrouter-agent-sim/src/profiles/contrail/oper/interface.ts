import { NIL_GUID, NO_VLAN_STORED, type Port } from '@vrouter/port-model';
import type { ConfigDelivery } from '../config/config-delivery.ts';
import type { PortConfig } from '../config/port-config.ts';
import type { Subscription } from '../vm/subscription.ts';

/** An interface of a VM once its configuration has come; before, the agent does not know it as one. */
export interface VmInterface {
  readonly id: string;
  readonly vmId: string;
  readonly vnId: string;
  readonly projectId: string;
  readonly name: string;
  readonly rxVlanId: number;
  readonly txVlanId: number;
  readonly vhostuserMode: number;
  readonly config: PortConfig;
}

/** The interface that `port` is, or undefined while its configuration is missing. */
export function interfaceOfPort(port: Port, delivery: ConfigDelivery): VmInterface | undefined {
  const config = delivery.configOf(port);
  if (config === undefined) return undefined;
  return {
    id: port.id,
    vmId: port['instance-id'],
    vnId: port['vn-id'],
    projectId: port['vm-project-id'],
    name: port['system-name'],
    rxVlanId: port['rx-vlan-id'],
    txVlanId: port['tx-vlan-id'],
    vhostuserMode: port['vhostuser-mode'],
    config,
  };
}

/** The interface that a VM was subscribed with, or undefined while its configuration is missing. */
export function interfaceOfSubscription(
  subscription: Subscription,
  delivery: ConfigDelivery,
): VmInterface | undefined {
  const config = delivery.configOfInterface(subscription.vmiId);
  if (config === undefined) return undefined;
  return {
    id: subscription.vmiId,
    vmId: subscription.vmId,
    vnId: subscription.vnId,
    projectId: NIL_GUID,
    name: subscription.hostInterface,
    rxVlanId: NO_VLAN_STORED,
    txVlanId: NO_VLAN_STORED,
    vhostuserMode: 0,
    config,
  };
}
