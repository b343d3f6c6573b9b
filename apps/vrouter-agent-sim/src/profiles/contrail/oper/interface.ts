import { NIL_GUID, NO_VLAN_STORED, type Port } from '@vrouter/port-model';
import type { ConfigDelivery } from '../config/config-delivery.ts';
import { interfaceConfigOf, type PortConfig } from '../config/port-config.ts';
import type { Subscription, SubscriptionRules } from '../vm/subscription.ts';

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

/** The interface that the control node tells of for a subscription, or undefined while it has told of none. */
export function interfaceOfSubscription(
  subscription: Subscription,
  rules: SubscriptionRules,
  delivery: ConfigDelivery,
): VmInterface | undefined {
  const one = rules.interfaceOf(subscription);
  const said = one && delivery.saidOf(one.toldBy);
  if (one === undefined || said === undefined) return undefined;
  return {
    id: one.id,
    vmId: subscription.vmId,
    vnId: one.vnId,
    projectId: NIL_GUID,
    name: subscription.hostInterface,
    rxVlanId: NO_VLAN_STORED,
    txVlanId: NO_VLAN_STORED,
    vhostuserMode: 0,
    config: { ...interfaceConfigOf(one), ...said },
  };
}
