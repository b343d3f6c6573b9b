import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, workspaceFile, type Exit } from '@vrouter/testkit';
import { askAdmin, readRequests, readState, type AgentState, type Request } from './agent-admin.ts';
import { refusalOf, type Ending, type Refusal } from './ending.ts';
import { Lives } from './lives.ts';
import { loopbackAddress } from './loopback.ts';

const MAIN = workspaceFile('apps/vrouter-agent-sim/src/main.ts');

export interface AgentOptions {
  readonly name: string;
  /** The ESXi host that it serves. */
  readonly host: string;
  readonly folder: string;
  readonly profile: string;
  readonly staleTimeoutMs: number;
  /** Where it listens, HOST:PORT; default: an address of its own, and any port. */
  readonly listen?: string;
  /** More flags, by name. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A reference agent as a process: it comes back under the same URL with the same folder. */
export class Agent {
  readonly name: string;
  readonly host: string;
  readonly stateDir: string;
  readonly portsDir: string;
  readonly #options: AgentOptions;
  readonly #lives: Lives;
  readonly #earlier: Request[] = [];
  #listen: string;
  #url = '';
  #adminUrl = '';

  constructor(options: AgentOptions) {
    this.name = options.name;
    this.host = options.host;
    this.stateDir = join(options.folder, options.name);
    this.portsDir = join(this.stateDir, 'ports');
    this.#options = options;
    this.#lives = new Lives(options.name);
    this.#listen = options.listen ?? `${loopbackAddress()}:0`;
    mkdirSync(this.portsDir, { recursive: true });
  }

  /** Where the plugin reaches it. Known after the first start, and the same ever after. */
  get url(): string {
    return this.#url;
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

  async start(): Promise<void> {
    const readyFile = join(this.#options.folder, `${this.name}.ready.json`);
    const args = [...this.#args(this.#listen), '--ready-file', readyFile];
    const { env } = this.#options;
    const process = await startProcess({
      name: this.name,
      file: MAIN,
      args,
      readyFile,
      ...(env !== undefined && { env }),
    });
    const { url, adminUrl } = process.ready;
    this.#url = url;
    this.#adminUrl = adminUrl;
    this.#listen = new URL(url).host;
    await this.#lives.begin(process);
  }

  /** Starts a second process on the same folder that is expected to refuse, and returns how it ended. */
  async startRefused(): Promise<Refusal> {
    const args = this.#args('127.0.0.1:0');
    return refusalOf(await startProcess({ name: this.name, file: MAIN, args }));
  }

  /** Stops or kills the process; its folder stays, and its requests are remembered. */
  async end(how: Ending): Promise<void> {
    this.#earlier.push(...(await this.requests()));
    await this.#lives.end(how);
  }

  /** SIGKILL this very moment, if it runs: unlike `end`, without asking it for its requests before. */
  async kill(): Promise<void> {
    await this.#lives.kill();
  }

  /** Ends it for good. */
  async dispose(): Promise<void> {
    await this.#lives.dispose();
  }

  state(): Promise<AgentState> {
    return readState(this.#adminUrl);
  }

  /** Anything else that its admin API does, such as `PUT` on `faults`. */
  async admin(method: string, what: string, body?: object): Promise<void> {
    await askAdmin(method, `${this.#adminUrl}/admin/${what}`, body);
  }

  /** The requests since its last start, oldest first. */
  requests(): Promise<readonly Request[]> {
    return readRequests(this.#adminUrl);
  }

  /** The requests of all its lives. */
  async allRequests(): Promise<readonly Request[]> {
    return [...this.#earlier, ...(this.isRunning ? await this.requests() : [])];
  }

  /**
   * The texts of its port files by name; of nothing else, because nothing else may be there but the folder in which
   * agents keep subscriptions of VMs from R4.0 on.
   */
  files(): Record<string, string> {
    const keepsVms = this.#options.profile !== 'blueprint';
    const names = readdirSync(this.portsDir)
      .filter((name) => !(keepsVms && name === 'vm'))
      .sort();
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(this.portsDir, name), 'utf8')]));
  }

  /** What it logged in all its lives. */
  log(): string {
    return this.#lives.log();
  }

  #args(listen: string): readonly string[] {
    const flags = {
      listen,
      'admin-listen': '127.0.0.1:0',
      'introspect-listen': 'none',
      'state-dir': this.stateDir,
      'ports-dir': this.portsDir,
      profile: this.#options.profile,
      name: this.name,
      'stale-timeout': String(this.#options.staleTimeoutMs / 1000),
      ...this.#options.flags,
    };
    return Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  }
}
