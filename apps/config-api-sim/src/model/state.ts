import { Addresses } from './addresses.ts';
import { Graph } from './graph.ts';
import type { Change, StoredObject } from './stored-object.ts';

/** All that the server knows: the objects, and what follows from them. */
export class State {
  readonly graph = new Graph();
  readonly addresses = new Addresses(this.graph);

  constructor(objects: Iterable<StoredObject> = []) {
    // References may point at objects that come later; addresses need both ends.
    const all = [...objects];
    for (const object of all) this.graph.put(object);
    for (const object of all) if (object.type === 'virtual-network') this.addresses.put(object, undefined);
  }

  apply(change: Change): void {
    if (change.kind === 'put') {
      const before = this.graph.get(change.object.uuid);
      this.graph.put(change.object);
      this.addresses.put(change.object, before);
      return;
    }
    const object = this.graph.get(change.uuid);
    if (object === undefined) return;
    this.addresses.remove(object);
    this.graph.remove(change.uuid);
  }
}
