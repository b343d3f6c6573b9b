import { join } from 'node:path';
import type { ApiParts } from '../../profile.ts';
import { isObject, parseJson } from '../json/parse.ts';
import { Refused } from '../ports/fields.ts';
import { readBody } from '../ports/read-body.ts';
import type { Backend } from '../rest/route.ts';
import type { SubscriptionRules } from '../vm/subscription.ts';
import { interfaceExists as existsInOs } from './os-interface.ts';
import { VM_FOLDER } from './plain-port-files.ts';
import { namesIn, readFolder } from './read-folder.ts';

/**
 * Takes the files of earlier lives into the table while requests are served. Nothing is written; files that make no
 * sense stay where they are, and nobody is told.
 */
export class Reload {
  readonly #backend: Backend;
  readonly #parts: ApiParts;
  readonly #interfaceExists: (name: string) => boolean;
  #isStopped = false;
  #endDelay: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(backend: Backend, parts: ApiParts) {
    this.#backend = backend;
    this.#parts = parts;
    this.#interfaceExists = parts.interfaceExists ?? existsInOs;
  }

  /** Call it once. */
  run(): Promise<void> {
    this.#running = this.#reload();
    return this.#running;
  }

  /** Ends early what goes on. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#endDelay();
    await this.#running;
  }

  async #reload(): Promise<void> {
    await this.#delay();
    const { files, places, log } = this.#parts;
    for await (const text of readFolder(files, places.ports)) {
      if (this.#isStopped) return;
      await this.#takePorts(text);
    }
    const { subscriptionRules: rules } = this.#backend.release;
    if (rules !== undefined) await this.#reloadSubscriptions(rules);
    log.info({ ports: this.#backend.agent.table.ports.size }, 'ports reloaded');
  }

  /** Gives clients the time to find an agent that serves and knows nothing yet. */
  #delay(): Promise<void> {
    const { clock, config } = this.#parts;
    if (config.reloadDelay === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = clock.schedule(config.reloadDelay * 1000, resolve);
      this.#endDelay = () => {
        cancel();
        resolve();
      };
    });
  }

  async #takePorts(body: string): Promise<void> {
    const { release, agent } = this.#backend;
    const read = readBody(release.readPort, { body, interfaceExists: this.#interfaceExists });
    if (read.ok) await agent.request({ kind: 'reload', ports: read.ports });
  }

  async #reloadSubscriptions(rules: SubscriptionRules): Promise<void> {
    const { files, places } = this.#parts;
    const root = join(places.ports, VM_FOLDER);
    const folders = rules.hasFolders ? namesIn(files, root).map((name) => join(root, name)) : [root];
    for (const folder of folders) {
      for await (const text of readFolder(files, folder)) {
        if (this.#isStopped) return;
        this.#takeSubscription(text, rules);
      }
    }
  }

  #takeSubscription(text: string, rules: SubscriptionRules): void {
    const json = parseJson(text);
    if (!isObject(json)) return;
    try {
      this.#backend.subscriptions?.reload(rules.read(json, this.#interfaceExists));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
}
