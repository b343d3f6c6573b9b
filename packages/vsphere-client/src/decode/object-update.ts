import { VsphereError } from '../errors.ts';
import type { HostRecord, NetworkRecord, PlaceRecord, SwitchRecord, VmRecord } from '../picture/records.ts';
import { child, childrenNamed, childText, type XmlElement } from '../xml/element.ts';
import { decodeFields, type PropertyChange } from './decoder.ts';
import { host } from './host.ts';
import { network } from './network.ts';
import { place, PLACE_KINDS } from './place.ts';
import { dvs } from './switch.ts';
import { vm } from './vm.ts';

/** One object came, changed or went; `fields` is what was reported of it. */
export interface RecordUpdate<Fields> {
  readonly kind: 'enter' | 'modify' | 'leave';
  readonly ref: string;
  readonly fields: Partial<Fields>;
  /** Some properties could not be read just now; what was known of them stands. */
  readonly partial?: true;
}

/** `of` names the map of the picture that it belongs to. */
export type ObjectUpdate =
  | ({ readonly of: 'hosts' } & RecordUpdate<HostRecord>)
  | ({ readonly of: 'vms' } & RecordUpdate<VmRecord>)
  | ({ readonly of: 'networks' } & RecordUpdate<NetworkRecord>)
  | ({ readonly of: 'switches' } & RecordUpdate<SwitchRecord>)
  | ({ readonly of: 'places' } & RecordUpdate<PlaceRecord>);

/** Undefined for a type that we do not read. */
export function decodeObjectUpdate(objectSet: XmlElement): ObjectUpdate | undefined {
  const object = child(objectSet, 'obj');
  const ref = object?.text ?? '';
  const missing = new Set(childrenNamed(objectSet, 'missingSet').map((entry) => childText(entry, 'path')));
  const changes = childrenNamed(objectSet, 'changeSet')
    .map(propertyChange)
    .filter(({ name }) => !missing.has(name));
  const update = { kind: updateKind(objectSet), ref, ...(missing.size > 0 && { partial: true as const }) };
  const type = object?.refType ?? '';
  switch (type) {
    case 'HostSystem':
      return { of: 'hosts', ...update, fields: decodeFields(host, changes) };
    case 'VirtualMachine':
      return { of: 'vms', ...update, fields: decodeFields(vm, changes) };
    case 'DistributedVirtualPortgroup':
      return { of: 'networks', ...update, fields: decodeFields(network, changes) };
    case 'DistributedVirtualSwitch':
    case 'VmwareDistributedVirtualSwitch':
      return { of: 'switches', ...update, fields: decodeFields(dvs, changes) };
    default: {
      const placeKind = PLACE_KINDS[type];
      if (placeKind === undefined) return undefined;
      return { of: 'places', ...update, fields: { ...decodeFields(place, changes), kind: placeKind } };
    }
  }
}

function updateKind(objectSet: XmlElement): RecordUpdate<never>['kind'] {
  const kind = childText(objectSet, 'kind');
  if (kind === 'enter' || kind === 'modify' || kind === 'leave') return kind;
  throw new VsphereError('BAD_ANSWER', `An object update is of kind ${kind ?? 'none'}`);
}

function propertyChange(changeSet: XmlElement): PropertyChange {
  const op = childText(changeSet, 'op');
  const removed = op === 'remove' || op === 'indirectRemove';
  return {
    name: childText(changeSet, 'name') ?? '',
    value: removed ? undefined : child(changeSet, 'val'),
  };
}
