import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, workspaceFile, type ManagedProcess, type ReadyInfo } from '@vrouter/testkit';
import { endProcess, refusalOf, type Ending, type Refusal } from './ending.ts';
import { getJson } from './http.ts';
import { loopbackAddress } from './loopback.ts';

const MAIN = workspaceFile('apps/vrouter-agent-sim/src/main.ts');

export interface AgentOptions {
  readonly name: string;
  /** The ESXi host that it serves. */
  readonly host: string;
  readonly folder: string;
  readonly profile: string;
  readonly staleTimeoutMs: number;
}

/** `GET /admin/state`. */
export interface AgentState {
  readonly generation: number;
  /** Epoch milliseconds of the sweeps to come. */
  readonly deadlines: readonly number[];
  readonly ports: readonly StatePort[];
}

export interface StatePort {
  readonly id: string;
  readonly seen: boolean;
  readonly generation: number;
  readonly linkState: number;
  readonly port: Readonly<Record<string, unknown>>;
}

/** One row of `GET /admin/requests`, in the order in which the agent received them. */
export interface Request {
  readonly seq: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly operation: string;
  readonly portIds: readonly string[];
  readonly status: number;
  /** As received, shortened when very long. */
  readonly body?: string;
}

interface RequestJournal {
  readonly dropped: number;
  readonly requests: readonly Request[];
}

/** A reference agent as a process: it comes back under the same URL with the same folder. */
export class Agent {
  readonly name: string;
  readonly host: string;
  readonly stateDir: string;
  readonly portsDir: string;
  readonly #options: AgentOptions;
  readonly #earlier: Request[] = [];
  readonly #logs: string[] = [];
  #listen: string;
  #url = '';
  #adminUrl = '';
  #process: ManagedProcess<ReadyInfo> | undefined;

  constructor(options: AgentOptions) {
    this.name = options.name;
    this.host = options.host;
    this.stateDir = join(options.folder, options.name);
    this.portsDir = join(this.stateDir, 'ports');
    this.#options = options;
    this.#listen = `${loopbackAddress()}:0`;
    mkdirSync(this.portsDir, { recursive: true });
  }

  /** Where the plugin reaches it. Known after the first start, and the same ever after. */
  get url(): string {
    return this.#url;
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  async start(): Promise<void> {
    const { folder, name } = this.#options;
    const readyFile = join(folder, `${name}.ready.json`);
    const args = [...this.#args(this.#listen), '--ready-file', readyFile];
    this.#process = await startProcess({ name, file: MAIN, args, readyFile });
    const { url, adminUrl } = this.#process.ready;
    this.#url = url;
    this.#adminUrl = adminUrl;
    this.#listen = new URL(url).host;
  }

  /** Starts a second process on the same folder that is expected to refuse, and returns how it ended. */
  async startRefused(): Promise<Refusal> {
    const { name } = this.#options;
    return refusalOf(await startProcess({ name, file: MAIN, args: this.#args('127.0.0.1:0') }));
  }

  /** Stops or kills the process; its folder stays. */
  async end(how: Ending): Promise<void> {
    const process = this.#process;
    if (process === undefined) throw new Error(`${this.name} is not running`);
    this.#earlier.push(...(await this.requests()));
    this.#process = undefined;
    this.#logs.push(process.stderr());
    await endProcess(process, how);
  }

  /** SIGKILL this very moment: unlike `end`, without asking it for its requests before. */
  async kill(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process !== undefined) this.#logs.push(process.stderr());
    await process?.kill();
  }

  state(): Promise<AgentState> {
    return getJson(`${this.#adminUrl}/admin/state`);
  }

  /** The requests since its last start, oldest first. An error if the agent had to forget some. */
  async requests(): Promise<readonly Request[]> {
    const { dropped, requests } = await getJson<RequestJournal>(`${this.#adminUrl}/admin/requests`);
    if (dropped > 0) throw new Error(`${this.name} has forgotten ${dropped} requests: evidence is missing`);
    return requests;
  }

  /** The texts of its port files by name; of nothing else, because nothing else may be there. */
  files(): Record<string, string> {
    const names = readdirSync(this.portsDir).sort();
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(this.portsDir, name), 'utf8')]));
  }

  /** The requests of all its lives. */
  async allRequests(): Promise<readonly Request[]> {
    return [...this.#earlier, ...(this.isRunning ? await this.requests() : [])];
  }

  /** What it logged in all its lives. For people, after a failure. */
  log(): string {
    return [...this.#logs, this.#process?.stderr() ?? ''].join('');
  }

  #args(listen: string): readonly string[] {
    const { profile, staleTimeoutMs } = this.#options;
    const flags = {
      listen,
      'admin-listen': '127.0.0.1:0',
      'state-dir': this.stateDir,
      'ports-dir': this.portsDir,
      profile,
      'stale-timeout': String(staleTimeoutMs / 1000),
    };
    return Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  }
}
