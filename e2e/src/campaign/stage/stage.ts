import { mkdirSync } from 'node:fs';
import { temporaryFolder } from '@vrouter/testkit';
import { openTestMode } from '../../modes/open-mode.ts';
import { openInventory } from '../../world/open-inventory.ts';
import { VsphereInventory } from '../../world/vsphere-inventory.ts';
import type { SmallDisk } from '../../world/small-disk.ts';
import { World } from '../../world/world.ts';
import type { History } from '../history/history.ts';
import { Disks } from '../machine/disks.ts';
import { WallClocks, wallClockLibrary } from '../machine/wall-clocks.ts';
import type { Abilities } from '../plan/plan.ts';
import type { Setting } from '../plan/setting.ts';
import { Post } from './post.ts';
import { Supervised } from './supervised.ts';
import { Turns } from './turns.ts';

/** Short, so that troubles of a few seconds are longer. */
const RESPONSE_MS = 2_000;

/** Everything that takes part in one round. */
export class Stage {
  readonly world: World;
  readonly history: History;
  readonly profile: string;
  readonly posts: readonly [Post, Post];
  /** undefined: the inventory is a file. */
  readonly vcenter: VsphereInventory | undefined;
  readonly wallClocks: WallClocks;
  readonly supervised: Supervised;
  /** Of those who change the inventory, or take it away. */
  readonly turns = new Turns();
  readonly #disks = new Disks();
  readonly #diskOf = new Map<string, SmallDisk>();

  private constructor(world: World, parts: Pick<Stage, 'history' | 'profile' | 'vcenter' | 'wallClocks'>) {
    this.world = world;
    this.profile = parts.profile;
    this.history = parts.history;
    this.vcenter = parts.vcenter;
    this.wallClocks = parts.wallClocks;
    const [first, second] = world.agents;
    this.posts = [new Post(first, parts.history), new Post(second, parts.history)];
    this.supervised = new Supervised(world, parts.history, this.posts);
  }

  static async open(setting: Setting, can: Abilities, history: History): Promise<Stage> {
    const { mode: modeName, inventory: kind, profile, lifecycle, durability } = setting;
    const folder = temporaryFolder();
    const wallClocks = new WallClocks(folder.path, wallClockLibrary());
    const mode = await openTestMode(modeName, folder.path);
    try {
      const cast = { inventory: kind, lifecycle, residents: true };
      const inventory = await openInventory(folder.path, cast, (name) => mode.networkName(name));
      const options = {
        lifecycle,
        mode: modeName,
        profile,
        responseMs: RESPONSE_MS,
        ...(profile === 'blueprint' && { agentFlags: { durability } }),
        envOf: (name: string) => wallClocks.envOf(name),
      };
      const world = new World(folder, options, await mode.around(inventory), { mode });
      const vcenter = inventory instanceof VsphereInventory ? inventory : undefined;
      const stage = new Stage(world, { history, profile, vcenter, wallClocks });
      if (can.disks) stage.#mountDisks();
      return stage;
    } catch (error) {
      await mode.close();
      throw error;
    }
  }

  /** The disk under the process of that name. */
  diskOf(name: string): SmallDisk {
    const disk = this.#diskOf.get(name);
    if (disk === undefined) throw new Error(`there is no small disk under ${name}`);
    return disk;
  }

  async start(): Promise<void> {
    for (const post of this.posts) await this.supervised.startAgent(post);
    await this.supervised.startPlugin();
  }

  /** Ends every process. The folder stays. */
  async close(): Promise<void> {
    await this.world.close();
    for (const post of this.posts) await post.shut();
    this.#disks.close();
  }

  #mountDisks(): void {
    const { agents, plugin } = this.world;
    for (const { name, stateDir } of [...agents, { name: 'plugin', stateDir: plugin.stateDir }])
      this.#diskOf.set(name, this.#disks.mount(stateDir));
    for (const { portsDir } of agents) mkdirSync(portsDir);
  }
}
