import { NIL_GUID } from '@vrouter/port-model';
import type { Member } from '../json/write.ts';
import { Fields, Refused } from '../ports/fields.ts';
import { nameBasedId } from '../values/name-based-id.ts';
import type { Subscription, SubscriptionRules } from './subscription.ts';

/** R4.0 to R5.0: one subscription to a VM. */
export const subscriptionsPerVm: SubscriptionRules = {
  read: (members, interfaceExists) => {
    const fields = new Fields(members);
    const vmId = fields.uuid('vm-uuid');
    const vmName = fields.string('vm-name');
    const hostInterface = fields.string('host-ifname');
    checkInterface(hostInterface, interfaceExists);
    return { vmId, vmName, hostInterface, ...optionalParts(fields), vnId: NIL_GUID, vmiId: NIL_GUID };
  },
  key: ({ vmId }) => vmId,
  place: ({ vmId }) => ({ name: vmId }),
  placeOfDeleted: ({ vmId }) => ({ name: vmId }),
  isDeleteForKnownOnly: false,
  hasFolders: false,
  // It names neither interface nor network, so both have ids that are made up.
  interfaceOf: ({ vmId }) =>
    vmId === NIL_GUID
      ? undefined
      : { id: nameBasedId(vmId, 'interface'), vnId: nameBasedId(vmId, 'network'), toldBy: vmId },
  idOfPort: (port) => port['instance-id'],
  members: (subscription) => [['vm-uuid', subscription.vmId], ...commonMembers(subscription)],
};

/** From R5.1 on: one to each interface. Files are kept by the VM's name from R2008 on, and looked for by its id. */
export const subscriptionsPerInterface: SubscriptionRules = {
  read: (members, interfaceExists) => {
    const fields = new Fields(members);
    const vmId = fields.uuid('vm-uuid');
    const hostInterface = fields.string('host-ifname');
    checkInterface(hostInterface, interfaceExists);
    const vmName = fields.string('vm-name');
    const vnId = fields.uuid('vn-uuid');
    const vmiId = fields.uuid('vmi-uuid');
    return { vmId, vmName, hostInterface, ...optionalParts(fields), vnId, vmiId };
  },
  key: ({ vmId, vnId, vmiId }) => `${vmId} ${vnId} ${vmiId}`,
  place: ({ vmName, vmiId }) => ({ folder: vmName, name: vmiId }),
  placeOfDeleted: ({ vmId, vmiId }) => ({ folder: vmId, name: vmiId }),
  isDeleteForKnownOnly: true,
  hasFolders: true,
  interfaceOf: ({ vmId, vnId, vmiId }) =>
    [vmId, vnId, vmiId].includes(NIL_GUID) ? undefined : { id: vmiId, vnId, toldBy: vmiId },
  idOfPort: ({ id }) => id,
  members: (subscription) => [
    ['vm-uuid', subscription.vmId],
    ['vn-uuid', subscription.vnId],
    ['vmi-uuid', subscription.vmiId],
    ...commonMembers(subscription),
  ],
};

function optionalParts(fields: Fields) {
  return {
    vmIdentifier: fields.optionalString('vm-id'),
    vmInterface: fields.optionalString('vm-ifname'),
    vmNamespace: fields.optionalString('vm-namespace'),
  };
}

function checkInterface(name: string, exists?: (name: string) => boolean): void {
  if (exists?.(name) === false) throw new Refused('Interface does not exist in OS');
}

function commonMembers(subscription: Subscription): Member[] {
  return [
    ['vm-id', subscription.vmIdentifier],
    ['vm-name', subscription.vmName],
    ['host-ifname', subscription.hostInterface],
    ['vm-ifname', subscription.vmInterface],
    ['vm-namespace', subscription.vmNamespace],
  ];
}
