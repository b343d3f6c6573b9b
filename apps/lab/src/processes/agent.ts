import { join } from 'node:path';
import { workspaceFile, type Exit } from '@vrouter/testkit';
import { Program } from './program.ts';

export interface AgentOptions {
  readonly name: string;
  /** The ESXi host that it serves. */
  readonly host: string;
  /** Loopback address of its own. */
  readonly address: string;
  readonly folder: string;
  readonly runDir: string;
  readonly staleTimeoutMs: number;
}

/** A reference agent. It comes back under the same URLs, with the same folder. */
export class Agent {
  readonly name: string;
  readonly host: string;
  /** One file per port. */
  readonly portsDir: string;
  readonly #program: Program;
  readonly #options: AgentOptions;

  constructor(options: AgentOptions) {
    const { name, host, folder, runDir } = options;
    this.name = name;
    this.host = host;
    this.portsDir = join(folder, 'ports');
    this.#options = options;
    this.#program = new Program({ name, runDir, main: workspaceFile('apps/vrouter-agent-sim/src/main.ts') });
  }

  /** REST API. Known after the first start. */
  get url(): string {
    return this.#program.latest?.url ?? '';
  }

  get adminUrl(): string {
    return this.#program.latest?.adminUrl ?? '';
  }

  /** Of its latest life. */
  get pid(): number {
    return this.#program.latest?.pid ?? 0;
  }

  get pidFile(): string {
    return this.#program.pidFile;
  }

  async start(): Promise<void> {
    const { address, folder, staleTimeoutMs } = this.#options;
    const at = (url: string): string => (url === '' ? `${address}:0` : new URL(url).host);
    await this.#program.start([
      '--name',
      this.name,
      '--state-dir',
      folder,
      '--listen',
      at(this.url),
      '--admin-listen',
      at(this.adminUrl),
      '--introspect-listen',
      'none', // each would want the same port
      '--stale-timeout',
      String(staleTimeoutMs / 1000),
    ]);
  }

  exited(): Promise<Exit> {
    return this.#program.exited();
  }

  kill(): Promise<void> {
    return this.#program.kill();
  }

  close(): Promise<void> {
    return this.#program.close();
  }
}
