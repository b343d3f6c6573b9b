import { decodeObjectUpdate, type ObjectUpdate } from '../decode/object-update.ts';
import { isNoCard } from '../decode/devices.ts';
import { VsphereError } from '../errors.ts';
import { child, childText, isTrue, type XmlElement } from '../xml/element.ts';

/** Some changes, and from where to go on; more are to be had at once when `truncated`. */
export interface UpdateSet {
  readonly version: string;
  readonly truncated: boolean;
  readonly updates: readonly ObjectUpdate[];
}

/** Turns an answer to WaitForUpdatesEx into plain records while it arrives. */
export function updateSetReader(): {
  readonly take: (element: XmlElement) => boolean;
  readonly skip: (name: string, type: string | undefined) => boolean;
  readonly close: (response: XmlElement) => UpdateSet | undefined;
} {
  const updates: ObjectUpdate[] = [];
  return {
    take(element) {
      if (element.name !== 'objectSet') return false;
      const update = decodeObjectUpdate(element);
      if (update !== undefined) updates.push(update);
      return true;
    },
    skip: (name, type) => name === 'VirtualDevice' && isNoCard(type),
    close(response) {
      const set = child(response, 'returnval');
      if (set === undefined) return undefined;
      const version = childText(set, 'version');
      if (version === undefined) throw new VsphereError('BAD_ANSWER', 'The update set has no version');
      return { version, truncated: isTrue(child(set, 'truncated')), updates };
    },
  };
}
