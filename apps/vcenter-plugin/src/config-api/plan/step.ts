import type { ChangesOf, NewObjectOf } from '@vrouter/config-api-client';
import type { PicturedType } from '../picture.ts';

/** A new object: we choose its uuid, so that it can be found when the answer is lost. */
export type NewObject<T extends PicturedType> = NewObjectOf<T> & { readonly uuid: string };

export type Create = {
  readonly [T in PicturedType]: { readonly kind: 'create'; readonly type: T; readonly object: NewObject<T> };
}[PicturedType];

export type Update = {
  readonly [T in PicturedType]: {
    readonly kind: 'update';
    readonly type: T;
    readonly uuid: string;
    readonly changes: ChangesOf<T>;
  };
}[PicturedType];

/** One request that changes the config API. */
export type Step =
  | Create
  | Update
  | { readonly kind: 'delete'; readonly type: PicturedType; readonly uuid: string }
  /** Takes a floating ip off an interface. */
  | { readonly kind: 'detach'; readonly floatingIp: string; readonly uuid: string };

/** A port, or one of its addresses, that an agent must have let go of first. */
export interface Hold {
  readonly portId: string;
  readonly address?: string;
}

/** What is to be done about one thing, in order, and what is in the way of more. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly holds: readonly Hold[];
  /** For people. */
  readonly obstacles: readonly string[];
}

export interface PlanContext {
  /** Addresses with which agents may hold a port; undefined when none may hold it. */
  readonly holds: (portId: string) => ReadonlySet<string> | undefined;
  /** Suspiciously much would go at once: nothing is deleted until an operator, or time, has said so. */
  readonly isBraked: boolean;
  /** Is the deletion of that interface held back for the same reason? */
  readonly isHeldBack: (interfaceId: string) => boolean;
}
