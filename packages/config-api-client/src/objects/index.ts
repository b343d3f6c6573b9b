import type { z } from 'zod';
import type { Identity } from './common.ts';
import { FloatingIp, type FloatingIpChanges } from './floating-ip.ts';
import { InstanceIp, type InstanceIpChanges } from './instance-ip.ts';
import { NetworkIpam, type NetworkIpamChanges } from './network-ipam.ts';
import { Project, type ProjectChanges } from './project.ts';
import { SecurityGroup, type SecurityGroupChanges } from './security-group.ts';
import { VirtualMachine, type VirtualMachineChanges } from './virtual-machine.ts';
import { VirtualMachineInterface, type VirtualMachineInterfaceChanges } from './virtual-machine-interface.ts';
import { VirtualNetwork, type VirtualNetworkChanges } from './virtual-network.ts';

export type { CommonChanges, IdPerms, Identity, NewReference, Reference } from './common.ts';
export type { PolicyRule } from './security-group.ts';
export type { IpamSubnet } from './virtual-network.ts';

/** The types that this client knows, by their name on the wire. */
export const OBJECT_TYPES = {
  project: Project,
  'network-ipam': NetworkIpam,
  'security-group': SecurityGroup,
  'virtual-network': VirtualNetwork,
  'virtual-machine': VirtualMachine,
  'virtual-machine-interface': VirtualMachineInterface,
  'instance-ip': InstanceIp,
  'floating-ip': FloatingIp,
} as const;

export type ObjectType = keyof typeof OBJECT_TYPES;

/** An object as it is read. Children and back references are empty where they were not asked for. */
export type ObjectOf<T extends ObjectType> = z.infer<(typeof OBJECT_TYPES)[T]>;

interface ChangesByType {
  readonly project: ProjectChanges;
  readonly 'network-ipam': NetworkIpamChanges;
  readonly 'security-group': SecurityGroupChanges;
  readonly 'virtual-network': VirtualNetworkChanges;
  readonly 'virtual-machine': VirtualMachineChanges;
  readonly 'virtual-machine-interface': VirtualMachineInterfaceChanges;
  readonly 'instance-ip': InstanceIpChanges;
  readonly 'floating-ip': FloatingIpChanges;
}

/** What may be written to an object of the type: changed fields only. A list of references replaces the one before. */
export type ChangesOf<T extends ObjectType> = ChangesByType[T];
export type NewObjectOf<T extends ObjectType> = Identity & ChangesOf<T>;

export type { FloatingIp, InstanceIp, NetworkIpam, Project, SecurityGroup };
export type { VirtualMachine, VirtualMachineInterface, VirtualNetwork };
