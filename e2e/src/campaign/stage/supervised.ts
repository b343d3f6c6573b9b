import { Violation } from '@vrouter/testkit/history';
import type { AgentAddress } from '../../world/plugin.ts';
import type { World } from '../../world/world.ts';
import type { History } from '../history/history.ts';
import type { Post } from './post.ts';

/** Starts and ends the processes, takes note of it, and notices when one ends by itself. */
export class Supervised {
  readonly #world: World;
  readonly #history: History;
  readonly #posts: readonly Post[];
  readonly #failed = Promise.withResolvers<never>();
  /** Names of processes that may end by themselves at present. */
  readonly mayEnd = new Set<string>();

  constructor(world: World, history: History, posts: readonly Post[]) {
    this.#world = world;
    this.#history = history;
    this.#posts = posts;
    this.#failed.promise.catch(() => undefined);
  }

  /** Rejects as soon as a process ends that should not. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  /** What it holds is noted before the plugin reaches it. */
  async startAgent(post: Post): Promise<void> {
    const { agent, proxy } = post;
    this.#history.add({ kind: 'starting', agent: agent.name });
    await agent.start();
    this.#watch(agent.name, agent);
    await post.surveyFresh();
    post.isAway = false;
    await proxy.open();
  }

  async endAgent(post: Post, how: 'stop' | 'crash'): Promise<void> {
    post.isAway = true;
    if (how === 'stop') await post.agent.end('stop');
    else await post.agent.kill();
    await this.agentIsGone(post);
  }

  /** After its process has ended. */
  async agentIsGone(post: Post): Promise<void> {
    post.isAway = true;
    await post.shut();
    this.#history.add({ kind: 'died', agent: post.agent.name });
  }

  async startPlugin(): Promise<void> {
    this.#history.add({ kind: 'plugin-starting' });
    await this.#world.plugin.startUnready(this.#addresses);
    this.#watch('plugin', this.#world.plugin);
  }

  async endPlugin(how: 'stop' | 'crash'): Promise<void> {
    if (how === 'stop') await this.#world.plugin.end('stop');
    else await this.#world.plugin.kill();
    // What it sent and nobody read is gone with it.
    for (const { proxy } of this.#posts) proxy.cut();
    this.#history.note('plugin is gone');
  }

  get #addresses(): readonly AgentAddress[] {
    return this.#posts.map(({ agent, proxy }) => ({ name: agent.name, host: agent.host, url: proxy.url }));
  }

  #watch(name: string, process: Pick<World['plugin'], 'pid' | 'exited' | 'log'>): void {
    const { pid } = process;
    void process.exited.then(({ code, signal }) => {
      // Whoever ends a process forgets it first.
      if (process.pid !== pid || this.mayEnd.has(name)) return;
      const words = process.log().split('\n').slice(-5).join('\n');
      const text = `${name} ended by itself with ${signal ?? `code ${code}`}; its last words:\n${words}`;
      this.#failed.reject(new Violation('keeps-running', text));
    });
  }
}
