import type { FileStamp } from '@vrouter/port-model';
import type { Agent } from '../../../agent.ts';
import type { RestOperation } from '../../../rest/operations.ts';
import type { ConfigDelivery } from '../config/config-delivery.ts';
import type { Subscriptions } from '../vm/subscriptions.ts';
import type { Release } from '../release.ts';
import type { Answer } from './answers.ts';

/** What the routes of an agent work on. */
export interface Backend {
  readonly release: Release;
  readonly agent: Pick<Agent, 'table' | 'port' | 'request'>;
  readonly delivery: ConfigDelivery;
  /** undefined in releases that know none. */
  readonly subscriptions: Subscriptions | undefined;
  /** Of an answer that is given now. */
  readonly stamp: () => FileStamp;
}

export interface Call {
  /** The groups of the path. */
  readonly groups: readonly string[];
  /** A character per byte. */
  readonly body: string;
  /** Tells the admin API which ports this is about. */
  readonly note: (portIds: readonly string[]) => void;
}

/** The whole path must match; no percent sign is decoded, no slash forgiven. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly operation: RestOperation;
  /** The statuses of its answers besides 200. */
  readonly failures: readonly (404 | 500)[];
  readonly handle: (call: Call, backend: Backend) => Answer | Promise<Answer>;
}

/** A uuid in a path; in upper case it is none. */
export const UUID = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})';
