import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePortFile, type LinkState, type Port } from '@vrouter/port-model';
import { createLogger, systemClock, type Clock } from '@vrouter/service-kit';
import { temporaryFolder } from '@vrouter/testkit';
import { Config } from '../config.ts';
import { startAgent, type RunningAgents } from '../start.ts';
import { nodeFileSystem, type FileSystem } from '../store/file-system.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface AdminState {
  readonly generation: number;
  readonly deadlines: readonly number[];
  readonly ports: readonly {
    id: string;
    seen: boolean;
    generation: number;
    linkState: LinkState;
    port: Port;
  }[];
  readonly setAside: readonly { name: string; reason: string; path?: string }[];
}

export interface LiveAgentOptions {
  readonly clock?: Clock;
  readonly files?: FileSystem;
  readonly interfaceExists?: (name: string) => boolean;
  readonly [setting: string]: unknown;
}

/** An agent in this process, on real sockets and real files. */
export class LiveAgent {
  readonly #folder = temporaryFolder();
  readonly stateDir = join(this.#folder.path, 'state');
  readonly portsDir = join(this.stateDir, 'ports');
  readonly clock: Clock;
  readonly #files: FileSystem;
  readonly #interfaceExists: (name: string) => boolean;
  readonly #settings: Record<string, unknown>;
  #running: RunningAgents | undefined;

  constructor({
    clock = systemClock,
    files = nodeFileSystem,
    interfaceExists = () => true,
    ...settings
  }: LiveAgentOptions = {}) {
    this.clock = clock;
    this.#files = files;
    this.#interfaceExists = interfaceExists;
    this.#settings = settings;
    mkdirSync(this.portsDir, { recursive: true });
  }

  async start(): Promise<this> {
    await this.startServing();
    await this.loaded();
    return this;
  }

  /** Resolves when the ports of earlier lives are in the table. */
  loaded(): Promise<void> {
    return this.#started.loaded;
  }

  /** Resolves when the API is open; some profiles have not loaded their ports then. */
  async startServing(): Promise<void> {
    const config = Config.parse({
      listen: '127.0.0.1:0',
      adminListen: '127.0.0.1:0',
      introspectListen: 'none',
      stateDir: this.stateDir,
      ...this.#settings,
    });
    const log = createLogger('test', 'silent');
    this.#running = await startAgent(config, {
      clock: this.clock,
      files: this.#files,
      log,
      interfaceExists: this.#interfaceExists,
    });
  }

  get url(): string {
    return this.#started.url;
  }

  get introspectUrl(): string | undefined {
    return this.#started.introspectUrl;
  }

  get adminUrl(): string {
    return this.#started.adminUrl;
  }

  /** `body`: text as it is, anything else as JSON. */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(`${this.url}${path}`, { method, ...init });
    return { status: response.status, body: await response.json() };
  }

  async admin(path: string, method = 'GET', body?: unknown): Promise<Answer> {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${this.adminUrl}${path}`, { method, ...init });
    return { status: response.status, body: await response.json() };
  }

  async state(): Promise<AdminState> {
    return (await this.admin('/admin/state')).body as AdminState;
  }

  /** The ports folder, read as other programs would. */
  portFiles(): Map<string, { port: Port; linkState: LinkState }> {
    return new Map(
      readdirSync(this.portsDir).map((name) => {
        const parsed = parsePortFile(readFileSync(join(this.portsDir, name), 'utf8'));
        if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.problems)}`);
        return [name, parsed.value];
      }),
    );
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    this.#folder.remove();
  }

  get #started(): RunningAgents {
    if (this.#running === undefined) throw new Error('the agent is not started');
    return this.#running;
  }
}
