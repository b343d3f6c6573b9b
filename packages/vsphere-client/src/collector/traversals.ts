/** From an object of a type, along a property to others, and on from there. */
export interface Traversal {
  readonly type: string;
  readonly path: string;
  readonly next: readonly StepName[];
}

export type StepName =
  | 'folder'
  | 'vmFolder'
  | 'vmFolderChild'
  | 'appVm'
  | 'hostFolder'
  | 'hostFolderChild'
  | 'hostFolderOnly'
  | 'hostFolderOnlyChild'
  | 'host'
  | 'pool'
  | 'poolChild'
  | 'poolVm'
  | 'networkFolder'
  | 'networkFolderChild'
  | 'portGroup';

const IN_DATACENTER = ['vmFolder', 'hostFolder', 'networkFolder'] as const;
const IN_POOL = ['poolChild', 'poolVm'] as const;

/**
 * The way to everything. VMs are met by their folder (templates are in no pool) and by their pool (those of a vApp are
 * in no folder). A traversal is walked again at every change, so that what is added later is seen; a container view is
 * not, in some servers. Folders of each kind have steps of their own: some servers follow a path on objects of any
 * type, and from every VM to its pool and all VMs there would be a long way.
 */
export const TRAVERSALS: Readonly<Record<StepName, Traversal>> = {
  folder: { type: 'Folder', path: 'childEntity', next: ['folder', ...IN_DATACENTER] },
  vmFolder: { type: 'Datacenter', path: 'vmFolder', next: ['vmFolderChild'] },
  vmFolderChild: { type: 'Folder', path: 'childEntity', next: ['vmFolderChild', 'appVm'] },
  // A vApp is a kind of resource pool that lives in a folder of VMs.
  appVm: { type: 'VirtualApp', path: 'vm', next: [] },
  hostFolder: { type: 'Datacenter', path: 'hostFolder', next: ['hostFolderChild'] },
  hostFolderChild: { type: 'Folder', path: 'childEntity', next: ['hostFolderChild', 'host', 'pool'] },
  // To the hosts, and not to their VMs.
  hostFolderOnly: { type: 'Datacenter', path: 'hostFolder', next: ['hostFolderOnlyChild'] },
  hostFolderOnlyChild: { type: 'Folder', path: 'childEntity', next: ['hostFolderOnlyChild', 'host'] },
  host: { type: 'ComputeResource', path: 'host', next: [] },
  pool: { type: 'ComputeResource', path: 'resourcePool', next: IN_POOL },
  poolChild: { type: 'ResourcePool', path: 'resourcePool', next: IN_POOL },
  poolVm: { type: 'ResourcePool', path: 'vm', next: [] },
  networkFolder: { type: 'Datacenter', path: 'networkFolder', next: ['networkFolderChild'] },
  networkFolderChild: { type: 'Folder', path: 'childEntity', next: ['networkFolderChild'] },
  portGroup: { type: 'DistributedVirtualSwitch', path: 'portgroup', next: [] },
};
