import { temporaryFolder, type TemporaryFolder } from '@vrouter/testkit';
import { FollowedInventory } from '../dataplane/followed-inventory.ts';
import { dataPlaneFlags, openHypervisor } from '../dataplane/open-hypervisor.ts';
import { Wire } from '../dataplane/wire.ts';
import { Agent } from './agent.ts';
import type { Ending } from './ending.ts';
import { openTestMode } from '../modes/open-mode.ts';
import { STANDALONE } from '../modes/standalone.ts';
import type { TestMode } from '../modes/test-mode.ts';
import { expectedPorts, type HeldPort, type Lifecycle } from './oracle.ts';
import { vmOf, type Picture } from './picture.ts';
import { openInventory } from './open-inventory.ts';
import { sweepAfterMs } from './patience.ts';
import { Plugin } from './plugin.ts';
import { traitsOf, type ProfileTraits } from './profile-traits.ts';
import type { InventoryKind, TestInventory } from './test-inventory.ts';

const AGENTS = ['agent-1', 'agent-2'] as const;

export interface WorldOptions {
  readonly lifecycle: Lifecycle;
  readonly mode: string;
  readonly profile: string;
  /** What forwards between machines: 'none' unless given. */
  readonly dataplane?: string;
  /** How long an agent may take to answer the plugin. */
  readonly responseMs?: number;
  /** More flags for the agents. */
  readonly agentFlags?: Readonly<Record<string, string>>;
  /** What is added to the environment of the process of that name. */
  readonly envOf?: (name: string) => Readonly<Record<string, string>>;
}

/** What a scenario begins with. */
export interface CastWorldOptions extends WorldOptions {
  readonly inventory: InventoryKind;
  /** Without: no VM has a port when the scenario begins. */
  readonly residents: boolean;
  /** What the plugin believes to be vCenter's password, if not the truth. */
  readonly password?: string;
}

/** What stands beside vCenter, agents and plugin. */
interface Surroundings {
  /** Default: nothing. */
  readonly mode?: TestMode;
  readonly wire?: Wire | undefined;
}

/** Two ESXi hosts with an agent each, a vCenter and the plugin: folders and processes of one scenario, and of no other. */
export class World {
  readonly folder: string;
  readonly lifecycle: Lifecycle;
  readonly inventory: TestInventory;
  readonly agents: readonly [Agent, Agent];
  readonly plugin: Plugin;
  readonly traits: ProfileTraits;
  readonly staleTimeoutMs: number;
  /** Real machines and real pings; undefined without a data plane. */
  readonly wire: Wire | undefined;
  readonly mode: TestMode;
  readonly #folder: TemporaryFolder;
  readonly #closing = new AbortController();

  /** A world around `inventory`, which may be any. */
  constructor(
    temporary: TemporaryFolder,
    options: WorldOptions,
    inventory: TestInventory,
    { mode = STANDALONE, wire }: Surroundings = {},
  ) {
    const [first, second] = inventory.picture.hosts;
    if (first === undefined || second === undefined) throw new Error('a world needs two hosts');
    const { lifecycle, profile, responseMs, agentFlags, envOf = () => ({}) } = options;
    const folder = temporary.path;
    const flags = { ...agentFlags, ...(wire !== undefined && dataPlaneFlags(folder, wire.hypervisor)) };
    const staleTimeoutMs = sweepAfterMs();
    const common = { folder, profile, staleTimeoutMs, flags };
    this.wire = wire;
    this.#folder = temporary;
    this.folder = folder;
    this.lifecycle = lifecycle;
    this.staleTimeoutMs = staleTimeoutMs;
    this.traits = traitsOf(profile);
    this.inventory = inventory;
    this.mode = mode;
    this.agents = [
      new Agent({ ...common, name: AGENTS[0], host: first, env: envOf(AGENTS[0]) }),
      new Agent({ ...common, name: AGENTS[1], host: second, env: envOf(AGENTS[1]) }),
    ];
    this.plugin = new Plugin({
      folder,
      lifecycle,
      ...mode.pluginSection,
      staleTimeoutMs,
      inventory: inventory.pluginSection,
      env: envOf('plugin'),
      ...(responseMs !== undefined && { responseMs }),
    });
  }

  /** A world with the cast of the scenarios; neither agents nor plugin run yet. */
  static async create(options: CastWorldOptions): Promise<World> {
    const folder = temporaryFolder();
    const mode = await openTestMode(options.mode, folder.path);
    const inventory = await openInventory(folder.path, options, (name) => mode.networkName(name));
    if (options.dataplane !== 'openvswitch')
      return new World(folder, options, await mode.around(inventory), { mode });
    try {
      const hypervisor = await openHypervisor(folder.path, inventory.picture, AGENTS);
      const followed = new FollowedInventory(await mode.around(inventory), hypervisor);
      return new World(folder, options, followed, { mode, wire: new Wire(hypervisor) });
    } catch (error) {
      await inventory.close();
      await mode.close();
      throw error;
    }
  }

  /** Aborted when the world ends: whoever watches it stops then. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  get picture(): Picture {
    return this.inventory.picture;
  }

  /** What `agent` should hold now, by port id. */
  async expectedOn(agent: Agent): Promise<Record<string, HeldPort>> {
    const identify = await this.mode.identities(this.picture);
    return expectedPorts(this.picture, this.lifecycle, agent.host, this.traits, identify);
  }

  /** Ids of the ports that belong to the VM's adapters, in their order, whether or not an agent should hold them. */
  portIdsOf(vmName: string): readonly string[] {
    return vmOf(this.picture, vmName).adapters.map((adapter) => this.mode.portId(adapter.mac));
  }

  /** The MACs that should have an enabled port when `picture` is what the agents know. */
  liveMacs(picture: Picture): ReadonlySet<string> {
    const held = this.agents.flatMap(({ host }) =>
      Object.values(expectedPorts(picture, this.lifecycle, host, this.traits)),
    );
    const enabled = held.filter(({ linkState }) => linkState === 1);
    return new Set(enabled.map(({ port }) => String(port['mac-address'])));
  }

  /** Agents, then the plugin. Returns when all say that they are ready, which is before they have settled. */
  async start(): Promise<void> {
    await this.startBoth('agents');
  }

  async startBoth(first: 'agents' | 'plugin'): Promise<void> {
    if (first === 'agents') await this.startAgents();
    await this.startPlugin();
    if (first === 'plugin') await this.startAgents();
  }

  async endBoth(how: Ending): Promise<void> {
    await Promise.all([this.plugin.end(how), ...this.agents.map((agent) => agent.end(how))]);
  }

  async startAgents(): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.start()));
  }

  async startPlugin(): Promise<void> {
    await this.plugin.start(this.agents);
  }

  /** Ends every process; doing so twice is fine. The folder stays for whoever wants to look. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.agents.map((agent) => agent.dispose()), this.plugin.dispose()]);
    await this.inventory.close();
    await this.wire?.close();
    await this.mode.close();
  }

  /** Removes the folder of a closed world. */
  remove(): void {
    this.#folder.remove();
  }
}
