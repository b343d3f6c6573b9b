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

const DATACENTER_PATHS = ['vmFolder', 'hostFolder', 'networkFolder'] as const;

/**
 * The way to everything: folders to any depth, then hosts of clusters and VMs of vApps (which hang in no folder). A
 * traversal is walked again at every change, so that what is added later is seen; a container view is not, in some
 * servers.
 */
const TRAVERSALS: readonly (readonly [name: string, type: string, path: string, next: readonly string[]])[] =
  [
    ...DATACENTER_PATHS.map((path) => [path, 'Datacenter', path, ['folder']] as const),
    ['folder', 'Folder', 'childEntity', ['folder', ...DATACENTER_PATHS, 'host', 'vAppVm', 'vAppChild']],
    ['host', 'ComputeResource', 'host', []],
    ['vAppVm', 'VirtualApp', 'vm', []],
    ['vAppChild', 'VirtualApp', 'resourcePool', ['vAppVm', 'vAppChild']],
  ];

/** The `spec` parameter of CreateFilter: all we read, below `root` (a folder or a data centre). */
export function filterSpec(root: Reference): string {
  const properties = PROPERTIES.map(
    ([type, paths]) =>
      `<propSet>${textElement('type', type)}<all>false</all>` +
      `${paths.map((path) => textElement('pathSet', path)).join('')}</propSet>`,
  );
  const traversals = TRAVERSALS.map(
    ([name, type, path, next]) =>
      `<selectSet xsi:type="TraversalSpec">${textElement('name', name)}${textElement('type', type)}` +
      `${textElement('path', path)}<skip>false</skip>` +
      `${next.map((target) => `<selectSet>${textElement('name', target)}</selectSet>`).join('')}</selectSet>`,
  );
  return (
    `<spec>${properties.join('')}<objectSet>${referenceElement('obj', root)}<skip>false</skip>` +
    `${traversals.join('')}</objectSet></spec>`
  );
}
