import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../needs.ts';
import { runSuite } from '../run/run-suite.ts';
import type { ProfileName } from '../profiles.ts';
import type { Result } from '../run/result.ts';
import { Sim, STALE_TIMEOUT_SECONDS } from '../testing/sim.ts';
import type { Mutation, World } from './mutation.ts';
import { MutatingProxy } from './proxy.ts';

interface Proxies {
  readonly rest: MutatingProxy;
  readonly introspect: MutatingProxy;
}

/** A reference agent behind proxies that make it wrong. */
export class MutatedSim {
  readonly #sim: Sim;
  #proxies: Proxies | undefined;
  #over = new AbortController();
  readonly #pending: Promise<void>[] = [];

  constructor(profile: ProfileName, config?: Config) {
    this.#sim = new Sim(profile, config);
  }

  async start(): Promise<this> {
    await this.#sim.start();
    this.#proxies = {
      rest: await new MutatingProxy(() => this.#sim.url, this.#world).start(),
      introspect: await new MutatingProxy(() => this.#sim.introspectUrl, this.#world).start(),
    };
    return this;
  }

  /** Runs checks against the agent with `mutation`; all of them when `only` is empty. */
  async run(mutation: Mutation, only: readonly string[], settleMsMax?: number): Promise<readonly Result[]> {
    const { rest, introspect } = this.#started;
    rest.mutation = introspect.mutation = mutation;
    this.#over = new AbortController();
    try {
      return await runSuite({
        ...this.#sim.options,
        allowManySyncs: only.length > 0, // it takes long, so only by name
        url: rest.url,
        introspectUrl: introspect.url,
        only,
        settleMsMax,
        restart: () => this.#restart(mutation),
      });
    } finally {
      this.#over.abort();
      await Promise.all(this.#pending.splice(0));
      rest.mutation = introspect.mutation = {};
    }
  }

  async remove(): Promise<void> {
    await this.#proxies?.rest.stop();
    await this.#proxies?.introspect.stop();
    await this.#sim.remove();
  }

  async #restart(mutation: Mutation): Promise<void> {
    await mutation.beforeRestart?.(this.#world);
    await this.#sim.restart();
    await mutation.afterRestart?.(this.#world);
  }

  get #started(): Proxies {
    if (this.#proxies === undefined) throw new Error('the proxies are not started');
    return this.#proxies;
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
