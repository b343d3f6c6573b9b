import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, workspaceFile, type ManagedProcess } from '@vrouter/testkit';
import { stringify } from 'yaml';
import { endProcess, refusalOf, type Ending, type Refusal } from './ending.ts';
import { getJson } from './http.ts';
import type { Lifecycle } from './oracle.ts';

export interface PluginOptions {
  readonly folder: string;
  readonly lifecycle: Lifecycle;
  readonly mode: string;
  readonly staleTimeoutMs: number;
  readonly inventory: Readonly<Record<string, unknown>>;
  /** How long an agent may take to answer; 1 s unless given. */
  readonly responseMs?: number;
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

const MAIN = workspaceFile('apps/vcenter-plugin/src/main.ts');
const ANSWER_MS_MAX = 5_000;
const CONNECT_MS_MAX = 1_000;
const RESPONSE_MS_MAX = 1_000;

/** The plugin as a process: config and state folder survive its lives. */
export class Plugin {
  readonly stateDir: string;
  readonly #options: PluginOptions;
  readonly #logs: string[] = [];
  #url = '';
  #process: ManagedProcess<unknown> | undefined;

  constructor(options: PluginOptions) {
    this.#options = options;
    this.stateDir = join(options.folder, 'plugin');
    mkdirSync(this.stateDir, { recursive: true });
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts it for `agents`, and returns when it says that it is ready. */
  async start(agents: readonly AgentAddress[]): Promise<void> {
    const readyFile = join(this.#options.folder, 'plugin.ready.json');
    const args = [...this.#args(agents), '--ready-file', readyFile];
    const process = await startProcess({ name: 'plugin', file: MAIN, args, readyFile });
    this.#process = process;
    this.#url = process.ready.url;
  }

  /** Starts it, and returns as soon as it can be asked: it may never become ready. */
  async startUnready(agents: readonly AgentAddress[]): Promise<void> {
    const process = await startProcess({ name: 'plugin', file: MAIN, args: this.#args(agents) });
    this.#process = process;
    const isListening = (line: string): boolean => line.includes('"introspect listening"');
    const line = await process.waitForLog(isListening, 'that it listens');
    this.#url = (JSON.parse(line) as { url: string }).url;
  }

  /** Starts a process that is expected to refuse, and returns how it ended. */
  async startRefused(agents: readonly AgentAddress[]): Promise<Refusal> {
    const process = await startProcess({ name: 'plugin', file: MAIN, args: this.#args(agents) });
    return refusalOf(process);
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

  /** How it ended, once it does so by itself. */
  get exited(): Promise<{ readonly code: number | null; readonly signal: string | null }> {
    if (this.#process === undefined) throw new Error('the plugin is not running');
    return this.#process.exited;
  }

  /** `GET /readyz`, which answers with reasons whether ready or not. */
  async readiness(): Promise<{ readonly ready: boolean; readonly reasons: readonly string[] }> {
    const response = await fetch(`${this.#url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    return (await response.json()) as { ready: boolean; reasons: string[] };
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

  #args(agents: readonly AgentAddress[]): readonly string[] {
    const config = join(this.#options.folder, 'plugin.yaml');
    writeFileSync(config, this.#config(agents));
    return ['run', '--config', config];
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
      timeouts: { connectMs: CONNECT_MS_MAX, responseMs: this.#options.responseMs ?? RESPONSE_MS_MAX },
    });
  }
}
