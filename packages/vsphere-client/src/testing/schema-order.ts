import { readFileSync } from 'node:fs';

/** In which order the children of a type stand, by the vSphere schema; what a type inherits comes first. */
export const SCHEMA_ORDER: Readonly<Record<string, readonly string[]>> = {
  CreateFilterRequestType: ['_this', 'spec', 'partialUpdates'],
  CreatePropertyCollectorRequestType: ['_this'],
  DestroyPropertyFilterRequestType: ['_this'],
  FindByInventoryPathRequestType: ['_this', 'inventoryPath'],
  LoginRequestType: ['_this', 'userName', 'password', 'locale'],
  LogoutRequestType: ['_this'],
  ObjectSpec: ['obj', 'skip', 'selectSet'],
  PropertyFilterSpec: ['propSet', 'objectSet', 'reportMissingObjectsInResults'],
  PropertySpec: ['type', 'all', 'pathSet'],
  QueryIpPoolsRequestType: ['_this', 'dc'],
  RetrieveServiceContentRequestType: ['_this'],
  SelectionSpec: ['name'],
  TraversalSpec: ['name', 'type', 'path', 'skip', 'selectSet'],
  WaitForUpdatesExRequestType: ['_this', 'version', 'options'],
  WaitOptions: ['maxWaitSeconds', 'maxObjectUpdates'],
};

/** The type of an element that does not say so itself. */
export const ELEMENT_TYPES: Readonly<Record<string, string>> = {
  spec: 'PropertyFilterSpec',
  propSet: 'PropertySpec',
  objectSet: 'ObjectSpec',
  selectSet: 'SelectionSpec',
  options: 'WaitOptions',
};

const GOVMOMI_TYPES = '/usr/share/gocode/src/github.com/vmware/govmomi/vim25/types/types.go';

/** govmomi's types are made from VMware's schema; they are there where the simulator can be built. */
export function govmomiTypes(): string {
  return readFileSync(GOVMOMI_TYPES, 'utf8');
}

/** The order of a type's children in govmomi's source. */
export function orderIn(source: string, type: string): readonly string[] {
  const body = new RegExp(`^type ${type} struct \\{\\n(.*?)^\\}`, 'msu').exec(source)?.[1] ?? '';
  return body.split('\n').flatMap((line) => {
    const name = /`xml:"([^,"]+)/u.exec(line)?.[1];
    if (name !== undefined) return [name];
    const parent = /^\s*(\w+)\s*$/u.exec(line)?.[1];
    return parent === undefined || parent === 'DynamicData' ? [] : orderIn(source, parent);
  });
}
