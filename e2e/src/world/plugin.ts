import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, workspaceFile, type ManagedProcess, type ReadyInfo } from '@vrouter/testkit';
import { stringify } from 'yaml';
import { endProcess, type Ending } from './ending.ts';
import { getJson } from './http.ts';
import type { Lifecycle } from './oracle.ts';

export interface PluginOptions {
  readonly folder: string;
  readonly lifecycle: Lifecycle;
  readonly mode: string;
  readonly staleTimeoutMs: number;
  readonly inventory: Readonly<Record<string, unknown>>;
}

/** Where the plugin is to find an agent. */
export interface AgentAddress {
  readonly name: string;
  readonly url: string;
  readonly host: string;
}

/** One row of `GET /introspect/agents`. */
export interface AgentView {
  readonly name: string;
  readonly phase: string;
  readonly reachable: boolean;
  readonly lastError?: unknown;
}

/** One row of `GET /introspect/retries`. */
export interface Retry {
  readonly agent: string;
  readonly portId?: string | null;
  readonly operation: string;
  readonly attempts: number;
}

const RESPONSE_MS_MAX = 1_000;

/** The plugin as a process: config and state folder survive its lives. */
export class Plugin {
  readonly stateDir: string;
  readonly #options: PluginOptions;
  readonly #logs: string[] = [];
  #url = '';
  #process: ManagedProcess<ReadyInfo> | undefined;

  constructor(options: PluginOptions) {
    this.#options = options;
    this.stateDir = join(options.folder, 'plugin');
    mkdirSync(this.stateDir, { recursive: true });
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  /** Writes plugin.yaml for `agents`, starts, and returns when the plugin says that it is ready. */
  async start(agents: readonly AgentAddress[]): Promise<void> {
    const { folder } = this.#options;
    const config = join(folder, 'plugin.yaml');
    writeFileSync(config, this.#config(agents));
    const readyFile = join(folder, 'plugin.ready.json');
    this.#process = await startProcess({
      name: 'plugin',
      file: workspaceFile('apps/vcenter-plugin/src/main.ts'),
      args: ['run', '--config', config, '--ready-file', readyFile],
      readyFile,
    });
    this.#url = this.#process.ready.url;
  }

  async end(how: Ending): Promise<void> {
    const process = this.#process;
    if (process === undefined) throw new Error('the plugin is not running');
    this.#process = undefined;
    this.#logs.push(process.stderr());
    await endProcess(process, how);
  }

  /** As after the loss of its disk: all that it knew is gone. */
  loseState(): void {
    if (this.isRunning) throw new Error('stop the plugin before its state folder is lost');
    rmSync(this.stateDir, { recursive: true, force: true });
  }

  async agents(): Promise<readonly AgentView[]> {
    return (await getJson<{ agents: AgentView[] }>(`${this.#url}/introspect/agents`)).agents;
  }

  async retries(): Promise<readonly Retry[]> {
    return (await getJson<{ retries: Retry[] }>(`${this.#url}/introspect/retries`)).retries;
  }

  async inventory(): Promise<{ readonly complete: boolean; readonly reason?: string }> {
    return getJson(`${this.#url}/introspect/inventory`);
  }

  /** All that it says about itself. For people, after a failure. */
  async introspection(): Promise<Readonly<Record<string, unknown>>> {
    const topics = ['agents', 'ports', 'retries', 'inventory'];
    const answers = topics.map(async (topic) => [topic, await getJson(`${this.#url}/introspect/${topic}`)]);
    return Object.fromEntries(await Promise.all(answers)) as Record<string, unknown>;
  }

  /** What it logged in all its lives. For people, after a failure. */
  log(): string {
    return [...this.#logs, this.#process?.stderr() ?? ''].join('');
  }

  /** SIGKILL, whether it runs or not. */
  async kill(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process !== undefined) this.#logs.push(process.stderr());
    await process?.kill();
  }

  #config(agents: readonly AgentAddress[]): string {
    return stringify({
      stateDir: this.stateDir,
      listen: '127.0.0.1:0',
      mode: this.#options.mode,
      lifecycle: this.#options.lifecycle,
      inventory: this.#options.inventory,
      agents: agents.map(({ name, url, host }) => ({ name, url, host })),
      staleTimeout: this.#options.staleTimeoutMs / 1000,
      timeouts: { connectMs: RESPONSE_MS_MAX, responseMs: RESPONSE_MS_MAX },
    });
  }
}
