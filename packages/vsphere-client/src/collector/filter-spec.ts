import { referenceElement, textElement, type Reference } from '../xml/write.ts';
import { TRAVERSALS, type StepName } from './traversals.ts';

/**
 * What we read. Only paths that the declared types have: a path into a subtype, such as a switch's
 * `config.pvlanConfig`, may be refused as invalid.
 */
const PROPERTIES: readonly (readonly [type: string, paths: readonly string[]])[] = [
  ['HostSystem', ['name', 'parent', 'runtime.connectionState', 'runtime.inMaintenanceMode']],
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
    [
      'name',
      'key',
      'config.defaultPortConfig',
      'config.distributedVirtualSwitch',
      'config.vendorSpecificConfig',
      'summary.ipPoolId',
    ],
  ],
  ['DistributedVirtualSwitch', ['name', 'config']],
  ['Datacenter', ['name', 'parent']],
  ['Folder', ['name', 'parent']],
  ['ComputeResource', ['name', 'parent']],
];

/** An object to start from, and the first steps to take there. */
export interface Start {
  readonly at: Reference;
  readonly steps: readonly StepName[];
}

/** The `spec` parameter of CreateFilter: all we read, from these objects on. */
export function filterSpec(starts: readonly Start[]): string {
  const properties = PROPERTIES.map(
    ([type, paths]) =>
      `<propSet>${textElement('type', type)}<all>false</all>` +
      `${paths.map((path) => textElement('pathSet', path)).join('')}</propSet>`,
  );
  return `<spec>${properties.join('')}${starts.map(objectSet).join('')}</spec>`;
}

/** Names of steps count within the whole spec, so each start numbers its own. */
function objectSet({ at, steps }: Start, index: number): string {
  const named = (name: StepName): string => (index === 0 ? name : `${name}${index}`);
  const traversals = reachable(steps).map((name) => {
    const { type, path, next } = TRAVERSALS[name];
    const following = next.map((name) => `<selectSet>${textElement('name', named(name))}</selectSet>`);
    return (
      `<selectSet xsi:type="TraversalSpec">${textElement('name', named(name))}${textElement('type', type)}` +
      `${textElement('path', path)}<skip>false</skip>${following.join('')}</selectSet>`
    );
  });
  return `<objectSet>${referenceElement('obj', at)}<skip>false</skip>${traversals.join('')}</objectSet>`;
}

/** These steps and all that they lead to, each once. */
function reachable(steps: readonly StepName[]): readonly StepName[] {
  const found = new Set(steps);
  for (const name of found) for (const next of TRAVERSALS[name].next) found.add(next);
  return [...found];
}
