import { temporaryFolder, waitFor } from '@vrouter/testkit';
import { assertSettled, settled } from '../checks/settled.ts';
import { vcenterOnly } from '../modes/vcenter-only.ts';
import { guest, NETWORKS, secondAdapter } from '../world/cast.ts';
import { FileInventory } from '../world/file-inventory.ts';
import type { Picture } from '../world/picture.ts';
import { World } from '../world/world.ts';

/** Waiting for a plugin that is to die or to settle, on a busy machine. */
const STEP_MS_MAX = 60_000;
const VM = 'guest-1a';
const EMPTY: Picture = {
  hosts: ['esx-1', 'esx-2'],
  networks: NETWORKS.map((network, index) => ({ ...network, key: `dvportgroup-${21 + index}` })),
  vms: [],
};

/** The life of a VM, in steps that vCenter shows one after the other. */
const STORY: readonly ((inventory: FileInventory) => Promise<void>)[] = [
  (inventory) => inventory.createVm({ ...guest(inventory.picture, VM), on: true }),
  (inventory) => inventory.addAdapter(VM, secondAdapter(guest(inventory.picture, VM))),
  (inventory) => inventory.removeVm(VM),
  (inventory) => inventory.become({ ...EMPTY, networks: EMPTY.networks.slice(0, 1) }),
];

/** What a story came to: where the plugin died, if it did. */
export interface Told {
  readonly died: boolean;
  readonly log: string;
}

/** Two agents, a config API and the plugin in mode vcenter-only, which live the story of a VM again and again. */
export class Arena {
  readonly world: World;
  readonly #inventory: FileInventory;
  readonly #reset: () => Promise<void>;

  private constructor(world: World, inventory: FileInventory, reset: () => Promise<void>) {
    this.world = world;
    this.#inventory = inventory;
    this.#reset = reset;
  }

  static async open(): Promise<Arena> {
    const folder = temporaryFolder();
    const inventory = new FileInventory(folder.path, EMPTY);
    const mode = await vcenterOnly(folder.path);
    const options = { lifecycle: 'link', mode: 'vcenter-only', profile: 'blueprint' } as const;
    const world = new World(folder, options, inventory, { mode });
    await world.startAgents();
    return new Arena(world, inventory, () => mode.api.reset());
  }

  /**
   * The story from an empty config API on, with a plugin that dies at `failpoint`. Whatever it leaves, a plugin that is
   * started afterwards makes good, and brings the story to its end, at which nothing is left over.
   */
  async tell(failpoint: string): Promise<Told> {
    const { plugin, agents } = this.world;
    await this.#reset();
    await this.#inventory.become(EMPTY);
    await plugin.startArmed(agents, failpoint);
    let next = 0;
    while (next < STORY.length && !(await this.#hasDied())) await STORY[next++]?.(this.#inventory);
    const died = await this.#hasDied();
    await plugin.end(died ? 'crash' : 'stop');
    const log = plugin.log();
    if (died) await this.#makeGood(next);
    return { died, log };
  }

  async close(): Promise<void> {
    await this.world.close();
  }

  /** A plugin without failpoints comes after it. */
  async #makeGood(next: number): Promise<void> {
    await this.world.startPlugin();
    for (const step of [undefined, ...STORY.slice(next)]) {
      await step?.(this.#inventory);
      await settled(this.world);
    }
    await this.world.plugin.end('stop');
  }

  /** Waits until the plugin has either died or brought everything into step. */
  #hasDied(): Promise<boolean> {
    const look = async (): Promise<'died' | 'settled'> => {
      if (this.world.plugin.hasDied) return 'died';
      await assertSettled(this.world);
      return 'settled';
    };
    const what = 'the plugin to die, or everything to be in step';
    return waitFor(look, { what, timeoutMs: STEP_MS_MAX }).then((end) => end === 'died');
  }
}
