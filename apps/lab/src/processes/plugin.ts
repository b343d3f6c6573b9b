import { join } from 'node:path';
import { replaceFile } from '@vrouter/service-kit';
import { workspaceFile, type Exit } from '@vrouter/testkit';
import { stringify } from 'yaml';
import { Program } from './program.ts';

export interface PluginOptions {
  /** Of the lab: `plugin.yaml` and the inventory file are in it. */
  readonly folder: string;
  readonly runDir: string;
  readonly inventoryFile: string;
  readonly staleTimeoutMs: number;
}

export interface AgentAddress {
  readonly name: string;
  readonly url: string;
  readonly host: string;
}

/** The plugin. It comes back under the same URL, with the same folder. */
export class Plugin {
  readonly name = 'plugin';
  readonly #program: Program;
  readonly #options: PluginOptions;
  #agents: readonly AgentAddress[] = [];

  constructor(options: PluginOptions) {
    this.#options = options;
    const main = workspaceFile('apps/vcenter-plugin/src/main.ts');
    this.#program = new Program({ name: this.name, runDir: options.runDir, main });
  }

  /** Health and introspection. Known after the first start. */
  get url(): string {
    return this.#program.latest?.url ?? '';
  }

  /** Of its latest life. */
  get pid(): number {
    return this.#program.latest?.pid ?? 0;
  }

  /** Whom it serves, from the next start on. */
  setAgents(agents: readonly AgentAddress[]): void {
    this.#agents = agents.map(({ name, url, host }) => ({ name, url, host }));
  }

  async start(): Promise<void> {
    const config = join(this.#options.folder, 'plugin.yaml');
    replaceFile(config, stringify(this.#config()));
    await this.#program.start(['run', '--config', config]);
  }

  exited(): Promise<Exit> {
    return this.#program.exited();
  }

  /** SIGTERM, and an error unless it ends well. */
  stop(): Promise<void> {
    return this.#program.stop();
  }

  close(): Promise<void> {
    return this.#program.close();
  }

  #config(): Record<string, unknown> {
    return {
      stateDir: './plugin',
      listen: this.url === '' ? '127.0.0.1:0' : new URL(this.url).host,
      lifecycle: 'power',
      inventory: { kind: 'file', path: this.#options.inventoryFile },
      agents: this.#agents,
      staleTimeout: this.#options.staleTimeoutMs / 1000,
    };
  }
}
