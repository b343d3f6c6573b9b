import { referenceElement, textElement, type Reference } from '../xml/write.ts';

/**
 * What we read. Only paths that the declared types have: a path into a subtype, such as a switch's
 * `config.pvlanConfig`, may be refused as invalid.
 */
const PROPERTIES: readonly (readonly [type: string, paths: readonly string[]])[] = [
  ['HostSystem', ['name', 'runtime.connectionState', 'runtime.inMaintenanceMode']],
  [
    'VirtualMachine',
    [
      'name',
      'config.annotation',
      'config.hardware.device',
      'config.instanceUuid',
      'config.template',
      'guest.net',
      'runtime.host',
      'runtime.powerState',
    ],
  ],
  [
    'DistributedVirtualPortgroup',
    ['name', 'key', 'config.defaultPortConfig', 'config.distributedVirtualSwitch'],
  ],
  ['DistributedVirtualSwitch', ['name', 'config']],
];

interface Traversal {
  readonly name: string;
  readonly type: string;
  readonly path: string;
  /** Names of the steps from there on. */
  readonly next: readonly string[];
}

const IN_DATACENTER = ['vmFolder', 'hostFolder', 'networkFolder'];
const IN_POOL = ['poolChild', 'poolVm'];

/**
 * The way to everything. VMs are met by their folder (templates are in no pool) and by their pool (those of a vApp are
 * in no folder). A traversal is walked again at every change, so that what is added later is seen; a container view is
 * not, in some servers. Folders of each kind have steps of their own: some servers follow a path on objects of any
 * type, and from every VM to its pool and all VMs there would be a long way.
 */
const TRAVERSALS: readonly Traversal[] = [
  { name: 'folder', type: 'Folder', path: 'childEntity', next: ['folder', ...IN_DATACENTER] },
  { name: 'vmFolder', type: 'Datacenter', path: 'vmFolder', next: ['vmFolderChild'] },
  { name: 'vmFolderChild', type: 'Folder', path: 'childEntity', next: ['vmFolderChild'] },
  { name: 'hostFolder', type: 'Datacenter', path: 'hostFolder', next: ['hostFolderChild'] },
  { name: 'hostFolderChild', type: 'Folder', path: 'childEntity', next: ['hostFolderChild', 'host', 'pool'] },
  { name: 'host', type: 'ComputeResource', path: 'host', next: [] },
  { name: 'pool', type: 'ComputeResource', path: 'resourcePool', next: IN_POOL },
  { name: 'poolChild', type: 'ResourcePool', path: 'resourcePool', next: IN_POOL },
  { name: 'poolVm', type: 'ResourcePool', path: 'vm', next: [] },
  { name: 'networkFolder', type: 'Datacenter', path: 'networkFolder', next: ['networkFolderChild'] },
  { name: 'networkFolderChild', type: 'Folder', path: 'childEntity', next: ['networkFolderChild'] },
];

/** The `spec` parameter of CreateFilter: all we read, below `root` (a folder or a data centre). */
export function filterSpec(root: Reference): string {
  const properties = PROPERTIES.map(
    ([type, paths]) =>
      `<propSet>${textElement('type', type)}<all>false</all>` +
      `${paths.map((path) => textElement('pathSet', path)).join('')}</propSet>`,
  );
  const traversals = TRAVERSALS.map(
    ({ name, type, path, next }) =>
      `<selectSet xsi:type="TraversalSpec">${textElement('name', name)}${textElement('type', type)}` +
      `${textElement('path', path)}<skip>false</skip>` +
      `${next.map((target) => `<selectSet>${textElement('name', target)}</selectSet>`).join('')}</selectSet>`,
  );
  return (
    `<spec>${properties.join('')}<objectSet>${referenceElement('obj', root)}<skip>false</skip>` +
    `${traversals.join('')}</objectSet></spec>`
  );
}
