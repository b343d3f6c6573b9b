import { temporaryFolder, type SeededRandom } from '@vrouter/testkit';
import { AgentProxy } from '../proxy/agent-proxy.ts';
import type { Agent } from '../world/agent.ts';
import { NETWORKS } from '../world/cast.ts';
import { FileInventory } from '../world/file-inventory.ts';
import type { Lifecycle } from '../world/oracle.ts';
import type { AgentAddress } from '../world/plugin.ts';
import { World } from '../world/world.ts';
import { AcknowledgedPorts } from './acknowledged-ports.ts';
import { crowd, load } from './load.ts';

/** An agent, the proxy before it, and what the proxy has seen the agent promise. */
export interface Post {
  readonly agent: Agent;
  readonly proxy: AgentProxy;
  readonly promised: AcknowledgedPorts;
}

/** A world under load, whose agents the plugin reaches only through proxies that take notes. */
export class Arena {
  readonly world: World;
  readonly posts: readonly Post[];
  readonly #inventory: FileInventory;
  readonly #random: SeededRandom;
  #changes = 0;
  #calm: (() => Promise<void>) | undefined;

  constructor(lifecycle: Lifecycle, random: SeededRandom) {
    const folder = temporaryFolder();
    const networks = NETWORKS.map((network, index) => ({ ...network, key: `dvportgroup-${21 + index}` }));
    this.#inventory = new FileInventory(folder.path, crowd(['esx-1', 'esx-2'], networks));
    this.world = new World(folder, { lifecycle, mode: 'standalone', profile: 'blueprint' }, this.#inventory);
    this.#random = random;
    this.posts = this.world.agents.map((agent) => {
      const promised = new AcknowledgedPorts();
      const proxy = new AgentProxy({ target: () => agent.url, observer: promised.observer });
      return { agent, proxy, promised };
    });
  }

  /** How often the inventory has changed, and how many requests were answered with success. */
  get counts(): { readonly changes: number; readonly acknowledged: number } {
    const acknowledged = this.posts.reduce((sum, { promised }) => sum + promised.count, 0);
    return { changes: this.#changes, acknowledged };
  }

  /** Where the plugin finds the agents: at their proxies. */
  get addresses(): readonly AgentAddress[] {
    return this.posts.map(({ agent, proxy }) => ({ name: agent.name, host: agent.host, url: proxy.url }));
  }

  async start(): Promise<void> {
    await this.world.startAgents();
    for (const { proxy } of this.posts) await proxy.open();
    await this.world.plugin.start(this.addresses);
  }

  /** Lets the inventory change all the time, until `calm`. */
  stir(): void {
    const over = new AbortController();
    const running = load(this.#inventory, this.#random, over.signal);
    this.#calm = async () => {
      over.abort();
      this.#changes += await running;
    };
  }

  /** Ends the load; fine when there is none. */
  async calm(): Promise<void> {
    const calm = this.#calm;
    this.#calm = undefined;
    await calm?.();
  }

  async close(): Promise<void> {
    await this.calm();
    await this.world.close();
    for (const { proxy } of this.posts) await proxy.close();
  }
}
