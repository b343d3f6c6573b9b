import { waitFor } from '@vrouter/testkit';
import { assertSettled, settled } from '../checks/settled.ts';
import type { World } from '../world/world.ts';
import type { Story } from './story.ts';

/** Waiting for a plugin that is to die or to settle, on a busy machine. */
const STEP_MS_MAX = 60_000;

/** What a story came to: where the plugin died, if it did. */
export interface Told {
  readonly died: boolean;
  readonly log: string;
}

/** Two agents, a config API and the plugin, which live the story of a VM again and again. */
export class Arena {
  readonly world: World;
  readonly #story: Story;

  private constructor(story: Story) {
    this.world = story.world;
    this.#story = story;
  }

  static async open(story: Story): Promise<Arena> {
    await story.world.startAgents();
    return new Arena(story);
  }

  /**
   * The story from its beginning on, with a plugin that dies at `failpoint`. Whatever it leaves, a plugin that is
   * started afterwards makes good, and brings the story to its end, at which nothing is left over.
   */
  async tell(failpoint: string): Promise<Told> {
    const { plugin, agents, inventory } = this.world;
    const { steps } = this.#story;
    await this.#story.begin();
    await plugin.startArmed(agents, failpoint);
    let next = 0;
    while (next < steps.length && !(await this.#hasDied())) await steps[next++]?.(inventory);
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
    for (const step of [undefined, ...this.#story.steps.slice(next)]) {
      await step?.(this.world.inventory);
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
