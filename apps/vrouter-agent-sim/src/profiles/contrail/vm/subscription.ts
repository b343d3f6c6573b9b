import type { Port } from '@vrouter/port-model';
import type { JsonObject } from '../json/parse.ts';
import type { Member } from '../json/write.ts';

/** A container's wish that the agent learn of its VM from the control node. */
export interface Subscription {
  readonly vmId: string;
  readonly vmName: string;
  /** Nil before R5.1. */
  readonly vnId: string;
  readonly vmiId: string;
  readonly vmIdentifier: string;
  readonly hostInterface: string;
  readonly vmInterface: string;
  readonly vmNamespace: string;
  /** Of its last add. */
  readonly generation: number;
}

/** How a release reads, names and keeps subscriptions. */
export interface SubscriptionRules {
  /** Throws `Refused`. `interfaceExists` is asked only for those that are read from files. */
  read(members: JsonObject, interfaceExists?: (name: string) => boolean): Omit<Subscription, 'generation'>;
  key(subscription: Omit<Subscription, 'generation'>): string;
  /** Where its file is, below `vm/`. */
  place(subscription: Omit<Subscription, 'generation'>): FilePlace;
  /** Where a delete looks for it. */
  placeOfDeleted(subscription: Subscription): FilePlace;
  /** Whether a delete does nothing until the control node has told the VM's interfaces. */
  readonly isDeleteForKnownOnly: boolean;
  /** Whether files are in folders below `vm/`, or there themselves. */
  readonly hasFolders: boolean;
  /** The interface that the control node tells of for it, or undefined for ids that it cannot know. */
  interfaceOf(subscription: Subscription): SubscribedInterface | undefined;
  /** The `toldBy` of the subscriptions that a port stands for: what is added as a port is no second interface. */
  readonly idOfPort: (port: Port) => string;
  members(subscription: Subscription): readonly Member[];
}

export interface SubscribedInterface {
  readonly id: string;
  readonly vnId: string;
  /** The id by which operators say what the control node says of it. */
  readonly toldBy: string;
}

export interface FilePlace {
  /** undefined: `vm/` itself. */
  readonly folder?: string;
  readonly name: string;
}
