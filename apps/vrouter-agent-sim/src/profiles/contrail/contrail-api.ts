import type { ListenAddress, Listener } from '@vrouter/service-kit';
import type { Answerer } from '../../http/contrail/raw-connection.ts';
import { listenRaw } from '../../http/contrail/raw-server.ts';
import type { Api, ApiParts } from '../profile.ts';
import { ConfigDelivery } from './config/config-delivery.ts';
import { Reload } from './files/reload.ts';
import type { Release } from './release.ts';
import { answererFor } from './rest/answerer.ts';
import type { Backend, Route } from './rest/route.ts';
import { Subscriptions } from './vm/subscriptions.ts';

/** The REST API of the real agent. It opens before the ports are reloaded, as everybody can see. */
export class ContrailApi implements Api {
  /** undefined in releases whose answers do not depend on it. */
  readonly delivery: ConfigDelivery | undefined;
  readonly #routes: readonly Route[];
  readonly #parts: ApiParts;
  readonly #backend: Backend;
  readonly #reload: Reload;

  constructor(routes: readonly Route[], release: Release, parts: ApiParts) {
    const { agent, author, now, config } = parts;
    this.#routes = routes;
    this.#parts = parts;
    const delivery = new ConfigDelivery(config.configDelivery);
    this.delivery = release.getFormat && delivery;
    const { subscriptionRules: rules } = release;
    const subscriptions =
      rules &&
      new Subscriptions({
        parts,
        rules,
        delivery,
        noticesShortWrites: release.noticesShortWrites,
        generation: () => agent.table.generation % release.generationsTold,
      });
    agent.onSwept((generation) => void subscriptions?.sweep(generation)); // `stop` waits for it
    const stamp = () => ({ author, timeMs: now() });
    this.#backend = { release, agent, delivery, subscriptions, stamp };
    this.#reload = new Reload(this.#backend, parts);
  }

  /** What answers the requests of the connection with that number. */
  answerer(connection: number, throughFaults?: (answerer: Answerer) => Answerer): Answerer {
    const { requests, now, log } = this.#parts;
    const options = { routes: this.#routes, backend: this.#backend, requests, now, log };
    return answererFor(options, connection, throughFaults);
  }

  async listen(address: ListenAddress): Promise<Listener> {
    const { config, clock, seam, tls } = this.#parts;
    const { url, stop } = await listenRaw(address, {
      answererFor: (connection, throughFaults) => this.answerer(connection, throughFaults),
      limits: config.limits,
      seam,
      clock,
      tls,
    });
    return {
      url,
      stop: async () => {
        await stop();
        await this.#reload.stop();
        await this.#backend.subscriptions?.settled();
      },
    };
  }

  get subscriptions(): Subscriptions | undefined {
    return this.#backend.subscriptions;
  }

  reload(): Promise<void> {
    return this.#reload.run();
  }
}
