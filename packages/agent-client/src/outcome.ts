import type { Problem } from '@vrouter/port-model';

/** Done, and the agent said so: status 200 and a JSON object without `error`. */
export interface Done {
  readonly kind: 'done';
}

/** The agent read the request and calls it wrong. The same request will be refused again. */
export interface Refused {
  readonly kind: 'refused';
  readonly status: number;
  /** The agent's words. */
  readonly message: string;
  /** What is wrong with which field, where the agent tells. */
  readonly details?: readonly Problem[];
}

/** Nothing is known to be done; the same request may succeed later. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: string;
  /** false: nothing was written, so it is certainly not applied. true: it may have been applied. */
  readonly sent: boolean;
  /** true: we gave up on a living connection, so the agent may still receive and apply it later. */
  readonly late?: boolean;
  /** The HTTP status, when there was an answer. */
  readonly status?: number;
}

/** The agent does not know this method and path: an older release. */
export interface UnknownRoute {
  readonly kind: 'unknown-route';
}

/** The agent does not know the port, or (real agents, GET) not yet enough about it. */
export interface NotFound {
  readonly kind: 'not-found';
}

/** The port as the agent shows it. Real agents leave out fields and add others, so only `id` is sure. */
export interface Found {
  readonly kind: 'found';
  readonly port: Readonly<Record<string, unknown>> & { readonly id: string };
}

export type ChangeOutcome = Done | Refused | Unavailable | UnknownRoute | NotFound;
export type ReadOutcome = Found | Refused | Unavailable | UnknownRoute | NotFound;
export type Outcome = ChangeOutcome | ReadOutcome;
