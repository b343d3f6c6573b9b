/** Done, and the server said so. */
export interface Done {
  readonly kind: 'done';
}

export interface Created {
  readonly kind: 'created';
  /** The one that was chosen by the caller, or by the server. */
  readonly uuid: string;
}

export interface Resolved {
  readonly kind: 'resolved';
  readonly uuid: string;
}

export interface Found<T> {
  readonly kind: 'found';
  readonly object: T;
}

/** All objects that were asked for, never a part of them. */
export interface Listed<T> {
  readonly kind: 'listed';
  readonly objects: readonly T[];
}

/** The object, or one that it is to refer to, does not exist. */
export interface NotFound {
  readonly kind: 'not-found';
  readonly message: string;
}

/** Something is taken: the name by object `uuid`, the uuid `uuid` by another name, or the address. */
export interface Conflict {
  readonly kind: 'conflict';
  readonly over: 'name' | 'uuid' | 'address' | 'other';
  readonly uuid?: string;
  readonly message: string;
}

export interface Hindrance {
  readonly type: string;
  readonly uuid: string;
}

/** Not deleted: the object has children. Their uuids, as far as the server tells. */
export interface ChildrenPresent {
  readonly kind: 'children-present';
  readonly children: readonly Hindrance[];
  readonly message: string;
}

/** Not deleted: others refer to the object. */
export interface StillReferred {
  readonly kind: 'still-referred';
  readonly referrers: readonly Hindrance[];
  readonly message: string;
}

/** The server read the request and calls it wrong. The same request will be refused again. */
export interface Refused {
  readonly kind: 'refused';
  readonly status: number;
  /** The server's words. */
  readonly message: string;
}

/** User, password, project or rights are wrong: whoever runs this must act. */
export interface Unauthorised {
  readonly kind: 'unauthorised';
  readonly message: string;
}

/** Nothing is known to be done; the same request may succeed later. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: string;
  /** false: nothing was written, so it is certainly not applied. true: it may have been applied. */
  readonly sent: boolean;
  /** true: we gave up on a living connection, so the server may still receive and apply it later. */
  readonly late?: boolean;
  /** The HTTP status, when there was an answer. */
  readonly status?: number;
}

/** What every operation may come to. */
export type NoAnswer = Refused | Unauthorised | Unavailable;
export type Failure = NoAnswer | NotFound | Conflict | ChildrenPresent | StillReferred;

export type ResolveOutcome = Resolved | NotFound | NoAnswer;
export type ReadOutcome<T> = Found<T> | NotFound | NoAnswer;
export type ListOutcome<T> = Listed<T> | NoAnswer;
export type CreateOutcome = Created | Conflict | NotFound | NoAnswer;
export type ChangeOutcome = Done | Conflict | NotFound | NoAnswer;
export type DeleteOutcome = Done | NotFound | ChildrenPresent | StillReferred | Conflict | NoAnswer;
