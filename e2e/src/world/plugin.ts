import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, workspaceFile, type Exit } from '@vrouter/testkit';
import { stringify } from 'yaml';
import { refusalOf, type Ending, type Refusal } from './ending.ts';
import { Introspection } from './introspection.ts';
import { Lives } from './lives.ts';
import type { Lifecycle } from './oracle.ts';

const MAIN = workspaceFile('apps/vcenter-plugin/src/main.ts');
/** So long that a busy machine is not taken for a dead agent: a killed one refuses or cuts, and is known at once. */
const CONNECT_MS_MAX = 5_000;
const RESPONSE_MS_MAX = 5_000;

export interface PluginOptions {
  readonly folder: string;
  readonly lifecycle: Lifecycle;
  readonly mode: string;
  /** For modes that need one. */
  readonly configApi?: Readonly<Record<string, unknown>>;
  readonly staleTimeoutMs: number;
  readonly inventory: Readonly<Record<string, unknown>>;
  /** How long an agent may take to answer; 5 s unless given. */
  readonly responseMs?: number;
  /** Of removals; the default unless given. */
  readonly brake?: { readonly count: number; readonly share: number; readonly hold: number };
  readonly env?: Readonly<Record<string, string>>;
  /** For agents at `https` URLs. */
  readonly agentTls?: Readonly<Record<string, string>>;
}

/** Where the plugin is to find an agent. */
export interface AgentAddress {
  readonly name: string;
  readonly url: string;
  readonly host: string;
}

/** The plugin as a process: config and state folder survive its lives. */
export class Plugin {
  readonly stateDir: string;
  readonly #options: PluginOptions;
  readonly #lives = new Lives('plugin');
  #introspect: Introspection | undefined;
  #hasDied = false;

  constructor(options: PluginOptions) {
    this.#options = options;
    this.stateDir = join(options.folder, 'plugin');
    mkdirSync(this.stateDir, { recursive: true });
  }

  get isRunning(): boolean {
    return this.#lives.isRunning;
  }

  get pid(): number | undefined {
    return this.#lives.pid;
  }

  /** How it ended, once it does so by itself. */
  get exited(): Promise<Exit> {
    return this.#lives.exited;
  }

  /** What it says about itself; it must have been started. */
  get introspect(): Introspection {
    if (this.#introspect === undefined) throw new Error('the plugin was never started');
    return this.#introspect;
  }

  /** Starts it for `agents`, and returns when it says that it is ready. */
  async start(agents: readonly AgentAddress[]): Promise<void> {
    const readyFile = join(this.#options.folder, 'plugin.ready.json');
    const args = [...this.#args(agents), '--ready-file', readyFile];
    const process = await startProcess({ name: 'plugin', file: MAIN, args, readyFile });
    await this.#lives.begin(process);
    this.#introspect = new Introspection(process.ready.url);
  }

  /** Starts it, and returns as soon as it can be asked: it may never become ready. */
  async startUnready(agents: readonly AgentAddress[]): Promise<void> {
    const { env = {} } = this.#options;
    const process = await startProcess({ name: 'plugin', file: MAIN, args: this.#args(agents), env });
    await this.#lives.begin(process);
    const isListening = (line: string): boolean => line.includes('"introspect listening"');
    const line = await process.waitForLog(isListening, 'that it listens');
    this.#introspect = new Introspection((JSON.parse(line) as { url: string }).url);
  }

  /** Starts it to die by itself at `failpoint`, sooner or later or never; it can be asked once it listens. */
  async startArmed(agents: readonly AgentAddress[], failpoint: string): Promise<void> {
    const env = { VCENTER_PLUGIN_FAILPOINT: failpoint };
    const process = await startProcess({ name: 'plugin', file: MAIN, args: this.#args(agents), env });
    await this.#lives.begin(process);
    this.#introspect = undefined;
    this.#hasDied = false;
    void process.exited.then(() => {
      this.#hasDied = true;
    });
    const isListening = (line: string): boolean => line.includes('"introspect listening"');
    const line = await process.waitForLog(isListening, 'that it listens');
    this.#introspect = new Introspection((JSON.parse(line) as { url: string }).url);
  }

  /** Has it ended by itself since it was started armed? */
  get hasDied(): boolean {
    return this.#hasDied;
  }

  /** Starts a process that is expected to refuse, and returns how it ended. */
  async startRefused(agents: readonly AgentAddress[]): Promise<Refusal> {
    return refusalOf(await startProcess({ name: 'plugin', file: MAIN, args: this.#args(agents) }));
  }

  async end(how: Ending): Promise<void> {
    await this.#lives.end(how);
  }

  /** SIGKILL, if it runs at all. */
  async kill(): Promise<void> {
    await this.#lives.kill();
  }

  /** Ends it for good. */
  async dispose(): Promise<void> {
    await this.#lives.dispose();
  }

  /** As after the loss of its disk: all that it knew is gone. */
  loseState(): void {
    if (this.isRunning) throw new Error('stop the plugin before its state folder is lost');
    rmSync(this.stateDir, { recursive: true, force: true });
  }

  /** What it logged in all its lives. */
  log(): string {
    return this.#lives.log();
  }

  #args(agents: readonly AgentAddress[]): readonly string[] {
    const config = join(this.#options.folder, 'plugin.yaml');
    writeFileSync(config, this.#config(agents));
    return ['run', '--config', config];
  }

  #config(agents: readonly AgentAddress[]): string {
    const { mode, configApi, lifecycle, inventory, staleTimeoutMs } = this.#options;
    const { responseMs = RESPONSE_MS_MAX, brake, agentTls } = this.#options;
    return stringify({
      stateDir: this.stateDir,
      listen: '127.0.0.1:0',
      mode,
      ...(configApi !== undefined && { configApi }),
      lifecycle,
      inventory,
      agents: agents.map(({ name, url, host }) => ({ name, url, host })),
      staleTimeout: staleTimeoutMs / 1000,
      timeouts: { connectMs: CONNECT_MS_MAX, responseMs },
      ...(brake !== undefined && { brake }),
      ...(agentTls !== undefined && { agentTls }),
    });
  }
}
