import type { Clock, ListenAddress, Listener, ServerTls } from '@vrouter/service-kit';
import type { RequestRing } from '../admin/request-ring.ts';
import type { Agent } from '../agent.ts';
import type { HttpSeam } from '../faults/seam.ts';
import type { Rules } from '../ports/protocol.ts';
import type { ConfigDelivery } from './contrail/config/config-delivery.ts';
import type { Subscriptions } from './contrail/vm/subscriptions.ts';
import type { PortStore } from '../store/store.ts';
import type { StoreParts } from './store-parts.ts';

/** What a REST API speaks for. */
export interface ApiParts extends StoreParts {
  readonly agent: Agent;
  readonly requests: RequestRing;
  /** For what is about the machine and its connections; `now` is the agent's time. */
  readonly clock: Clock;
  /** Takes part in every request. */
  readonly seam: HttpSeam;
  /** Of the REST API; undefined: none. */
  readonly tls?: ServerTls | undefined;
  /** Whether the operating system has such an interface; asks it when absent. */
  readonly interfaceExists?: (name: string) => boolean;
}

/** One agent of the world: all in which it differs from the others. What it does not name here is the same for all. */
export interface Profile {
  /** Whether its table holds valid ports only. */
  readonly isStrict: boolean;
  /** Whether its introspection tells of ports. */
  readonly tellsPorts: boolean;
  /** For the help of `--profile`. */
  readonly title: string;
  /** Name of the program that wrote the port files. */
  readonly author: string;
  readonly rules: Pick<Rules, 'add' | 'generationsTold' | 'deadlinesMax'>;
  /** OpenAPI of its REST API, for `version` of this program. */
  describe(version: string): Promise<Readonly<Record<string, unknown>>>;
  /** Where ports are kept. What its `load` returns is in the table before the API opens. */
  openStore(parts: StoreParts): PortStore;
  /** An API for one agent; nothing is open yet. */
  createApi(parts: ApiParts): Api;
}

export interface Api {
  /** Opens the REST API. Throws `StartError` when the address cannot be had. */
  listen(address: ListenAddress): Promise<Listener>;
  /** What the agent still has to do once the API is open, in agents that do not load their ports before. */
  reload(): Promise<void>;
  /** Set where answers depend on what the control node delivered. */
  readonly delivery?: ConfigDelivery | undefined;
  /** Of VMs, in releases that know them. */
  readonly subscriptions?: Subscriptions | undefined;
}
