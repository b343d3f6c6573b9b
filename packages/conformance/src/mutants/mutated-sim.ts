import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../needs.ts';
import { runSuite } from '../run/run-suite.ts';
import type { ProfileName } from '../profiles.ts';
import type { Result } from '../run/result.ts';
import { Sim, STALE_TIMEOUT_SECONDS } from '../testing/sim.ts';
import type { Mutation, World } from './mutation.ts';
import { MutatingProxy } from './proxy.ts';

/** A reference agent behind a proxy that makes it wrong. */
export class MutatedSim {
  readonly #sim: Sim;
  #proxy: MutatingProxy | undefined;
  #over = new AbortController();
  readonly #pending: Promise<void>[] = [];

  constructor(profile: ProfileName, config?: Config) {
    this.#sim = new Sim(profile, config);
  }

  async start(): Promise<this> {
    await this.#sim.start();
    this.#proxy = await new MutatingProxy(() => this.#sim.url, this.#world).start();
    return this;
  }

  /** Runs checks against the agent with `mutation`; all of them when `only` is empty. */
  async run(mutation: Mutation, only: readonly string[], settleMsMax?: number): Promise<readonly Result[]> {
    const proxy = this.#started;
    proxy.mutation = mutation;
    this.#over = new AbortController();
    try {
      return await runSuite({
        ...this.#sim.options,
        allowManySyncs: only.length > 0, // it takes long, so only by name
        url: proxy.url,
        only,
        settleMsMax,
        restart: () => this.#restart(mutation),
      });
    } finally {
      this.#over.abort();
      await Promise.all(this.#pending.splice(0));
      proxy.mutation = {};
    }
  }

  async remove(): Promise<void> {
    await this.#proxy?.stop();
    await this.#sim.remove();
  }

  async #restart(mutation: Mutation): Promise<void> {
    await mutation.beforeRestart?.(this.#world);
    await this.#sim.restart();
    await mutation.afterRestart?.(this.#world);
  }

  get #started(): MutatingProxy {
    if (this.#proxy === undefined) throw new Error('the proxy is not started');
    return this.#proxy;
  }

  get #world(): World {
    return {
      portsDir: this.#sim.portsDir,
      staleTimeoutMs: STALE_TIMEOUT_SECONDS * 1000,
      ask: async (method, path, body) => {
        const response = await fetch(`${this.#sim.url}${path}`, {
          method,
          ...(body !== undefined && { body }),
        });
        return { status: response.status, text: await response.text() };
      },
      askAdmin: async (method, path) => {
        await fetch(`${this.#sim.adminUrl}${path}`, { method });
      },
      later: (afterMs, act) => {
        const { signal } = this.#over;
        const wait = sleep(afterMs, undefined, { signal }).then(act, () => undefined);
        this.#pending.push(wait.catch(() => undefined));
      },
    };
  }
}
