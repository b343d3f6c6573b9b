import { temporaryFolder, waitFor, type TemporaryFolder } from '@vrouter/testkit';
import { expect } from 'vitest';
import { heldInFiles, heldInTable } from '../checks/held.ts';
import { mark, requestsSince } from '../checks/wire.ts';
import type { Request } from '../world/agent-admin.ts';
import { Agent } from '../world/agent.ts';
import { initialCast, networksNamed } from '../world/cast.ts';
import { FileInventory } from '../world/file-inventory.ts';
import { Plugin } from '../world/plugin.ts';
import { ConfigApi, type ApiObject } from './config-api.ts';
import { creatorOf } from './interfaces.ts';
import { OpenStackInventory, portGroupName } from './open-stack.ts';

const HOSTS = ['esx-1', 'esx-2'];
const CREATOR = 'vcenter-plugin';
const TYPES = ['virtual-network', 'virtual-machine', 'virtual-machine-interface', 'instance-ip'];
/** Far longer than the test: nothing is swept, so whatever goes was deleted. */
const STALE_TIMEOUT_MS = 600_000;
/** If more than one port counted as lost, they would wait for an hour. */
const BRAKE = { count: 1, share: 0, hold: 3_600 };
const PATIENCE_MS = 60_000;

/** The ids of the ports that agents hold, with one more field, by MAC. */
export type HeldByMac = Readonly<Record<string, readonly unknown[]>>;

/** Two agents, a config API that OpenStack filled, and one plugin after the other on the same state folder. */
export class SwitchingSite {
  readonly api: ConfigApi;
  readonly agents: readonly Agent[];
  readonly inventory: FileInventory;
  readonly #folder: TemporaryFolder;
  #plugin: Plugin | undefined;
  #marks: readonly number[] = [];

  static async open(): Promise<SwitchingSite> {
    const folder = temporaryFolder();
    const networks = networksNamed(portGroupName).map((each, nth) => ({
      ...each,
      key: `dvportgroup-${21 + nth}`,
    }));
    const vms = initialCast(HOSTS, { lifecycle: 'link', residents: true }, portGroupName);
    const inventory = new FileInventory(folder.path, { hosts: HOSTS, networks, vms });
    const api = await ConfigApi.open(folder.path);
    const site = new SwitchingSite(folder, api, inventory);
    await OpenStackInventory.open(inventory, api);
    await Promise.all(site.agents.map((agent) => agent.start()));
    return site;
  }

  private constructor(folder: TemporaryFolder, api: ConfigApi, inventory: FileInventory) {
    this.#folder = folder;
    this.api = api;
    this.inventory = inventory;
    const common = { folder: folder.path, staleTimeoutMs: STALE_TIMEOUT_MS, profile: 'blueprint' };
    this.agents = HOSTS.map((host, nth) => new Agent({ ...common, name: `agent-${nth + 1}`, host }));
  }

  async stop(): Promise<void> {
    await this.#plugin?.end('stop');
  }

  /** The plugin starts in another mode than before. */
  async start(mode: string): Promise<void> {
    this.#marks = await Promise.all(this.agents.map(mark));
    await this.api.forgetRequests();
    const networks = [{ name: portGroupName('blue'), subnet: '10.7.0.0/16' }];
    const configApi = { url: this.api.url, ...(mode === 'vcenter-only' && { networks }) };
    this.#plugin = new Plugin({
      folder: this.#folder.path,
      staleTimeoutMs: STALE_TIMEOUT_MS,
      lifecycle: 'link',
      mode,
      ...(mode !== 'standalone' && { configApi }),
      inventory: this.inventory.pluginSection,
      brake: BRAKE,
    });
    await this.#plugin.start(this.agents);
  }

  /** Waits until agents hold exactly these ports, each on the agent of its VM's host, and the plugin owes nothing. */
  async holds(expected: () => Promise<HeldByMac>, field: string): Promise<void> {
    const look = async (): Promise<true> => {
      const wanted = await expected();
      for (const agent of this.agents) {
        const here = this.inventory.picture.vms.filter(({ host }) => host === agent.host);
        const macs = here.flatMap(({ adapters }) => adapters.map(({ mac }) => mac));
        const held = Object.values(await heldInTable(agent)).map(({ port }) => port);
        expect(
          Object.fromEntries(held.map((port) => [port['mac-address'], [port['id'], port[field]]])),
        ).toEqual(Object.fromEntries(macs.map((mac) => [mac, wanted[mac]])));
        expect(held).toHaveLength(macs.length);
        expect(Object.keys(heldInFiles(agent))).toHaveLength(macs.length);
      }
      expect(await this.#plugin?.introspect.retries()).toEqual([]);
      return true;
    };
    await waitFor(look, { what: 'the ports to be those of the mode', timeoutMs: PATIENCE_MS });
  }

  /** Waits until nothing is left to be done in the config API. */
  async mirrored(): Promise<void> {
    const look = async (): Promise<true> => {
      expect(await this.#plugin?.introspect.configApi()).toMatchObject({ pending: 0, problems: [] });
      return true;
    };
    await waitFor(look, { what: 'the config API to have everything', timeoutMs: PATIENCE_MS });
  }

  /** What the agents were asked since the last start of the plugin. */
  requests(): Promise<readonly (readonly Request[])[]> {
    return Promise.all(this.agents.map((agent, nth) => requestsSince(agent, this.#marks[nth])));
  }

  /** Objects of the plugin, or of all others, by type. */
  async objects(whose: 'ours' | 'others'): Promise<Record<string, readonly ApiObject[]>> {
    const lists = TYPES.map(async (type) => {
      const all = await this.api.objects(type);
      return [type, all.filter((each) => (creatorOf(each) === CREATOR) === (whose === 'ours'))] as const;
    });
    return Object.fromEntries(await Promise.all(lists));
  }

  async close(): Promise<void> {
    await Promise.all([
      this.#plugin?.dispose(),
      ...this.agents.map((agent) => agent.dispose()),
      this.api.close(),
    ]);
    this.#folder.remove();
  }
}
