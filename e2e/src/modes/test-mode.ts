import type { Identify } from '../world/oracle.ts';
import type { ConfigApi } from './config-api.ts';
import type { Picture } from '../world/picture.ts';
import type { TestInventory } from '../world/test-inventory.ts';
import type { Introspection } from '../world/introspection.ts';

/** What a mode of the plugin changes about a scenario: what stands beside vCenter, and what is expected of it. */
export interface TestMode {
  /** The `mode` of plugin.yaml, and what goes with it. */
  readonly pluginSection: {
    readonly mode: string;
    readonly configApi?: Readonly<Record<string, unknown>>;
  };
  /** The config API, where there is one. */
  readonly api?: ConfigApi;
  /** What the port group is called that the scenarios know as `name`. */
  networkName(name: string): string;
  /** `inventory` with what else happens when somebody changes it. */
  around(inventory: TestInventory): Promise<TestInventory>;
  /** Id of the port of a new adapter. */
  portId(mac: string): string;
  /** What distinguishes the ports of `picture` in this mode; an error while that cannot be known yet. */
  identities(picture: Picture): Promise<Identify>;
  /** All is as it should be beside vCenter and the agents. */
  assertSettled(picture: Picture, introspect: Introspection): Promise<void>;
  /** At the end of a scenario. */
  assertInnocent(): Promise<void>;
  /** Are removed VMs deleted at their agents even by a plugin that has lost its memory? */
  readonly remembersPlaces: boolean;
  /** For people, after a failure. */
  evidence(): Promise<unknown>;
  close(): Promise<void>;
}
