import { join } from 'node:path';
import {
  startProcess,
  temporaryFolder,
  workspaceFile,
  type ManagedProcess,
  type ReadyInfo,
} from '@vrouter/testkit';
import type { Config } from '../needs.ts';
import type { ProfileName } from '../profiles.ts';
import type { SuiteOptions } from '../run/run-suite.ts';

const MAIN = workspaceFile('apps/vrouter-agent-sim/src/main.ts');
const ANY = '127.0.0.1:0';
export const STALE_TIMEOUT_SECONDS = 2;

/** A reference agent as a process of its own, that can be killed and started again. */
export class Sim {
  readonly #folder = temporaryFolder();
  readonly #profile: ProfileName;
  readonly portsDir = join(this.#folder.path, 'ports');
  #running: ManagedProcess<ReadyInfo> | undefined;
  /** The addresses of the first life, which the next ones take over. */
  #addresses = { listen: ANY, adminListen: ANY, introspectListen: ANY };

  readonly #config: Config;

  readonly #tls: Readonly<Record<string, string>>;

  /**
   * `config`: does configuration reach it (from R4.0 on)? `tls`: files for both listeners, by what follows `--tls-` in the
   * flags.
   */
  constructor(
    profile: ProfileName,
    config: Config = 'delivered',
    tls?: Readonly<Record<'cert' | 'key' | 'client-ca', string>>,
  ) {
    this.#profile = profile;
    this.#config = config;
    this.#tls = Object.fromEntries(
      Object.entries(tls ?? {}).flatMap(([name, file]) => [
        [`tls-${name}`, file],
        [`admin-tls-${name}`, file],
      ]),
    );
  }

  async start(): Promise<this> {
    const readyFile = join(this.#folder.path, 'ready.json');
    const flags = {
      listen: this.#addresses.listen,
      'admin-listen': this.#addresses.adminListen,
      'introspect-listen': this.#addresses.introspectListen,
      'state-dir': join(this.#folder.path, 'state'),
      'ports-dir': this.portsDir,
      profile: this.#profile,
      'config-delivery': this.#config === 'delivered' ? 'auto' : 'none',
      'stale-timeout': String(STALE_TIMEOUT_SECONDS),
      'ready-file': readyFile,
      'log-level': 'warn',
      ...this.#tls,
    };
    const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
    this.#running = await startProcess({ name: 'agent', file: MAIN, args, readyFile });
    const [listen, adminListen, introspectListen] = [this.url, this.adminUrl, this.introspectUrl].map(
      (url) => new URL(url).host,
    ) as [string, string, string];
    this.#addresses = { listen, adminListen, introspectListen };
    return this;
  }

  get url(): string {
    return this.#ready.url;
  }

  get adminUrl(): string {
    return this.#ready.adminUrl;
  }

  get introspectUrl(): string {
    return this.#ready.agents[0]?.introspectUrl ?? '';
  }

  /** What it wrote to its log, the end of it. */
  get log(): string {
    return this.#running?.stderr() ?? '';
  }

  /** Killed, not asked: nothing may be lost that was answered. */
  async restart(): Promise<void> {
    await this.#running?.kill();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.#running?.kill();
    this.#folder.remove();
  }

  /** Everything that a suite may want, so that nothing is left out. */
  get options(): SuiteOptions & { readonly restart: () => Promise<void> } {
    return {
      url: this.url,
      profile: this.#profile,
      portsDir: this.portsDir,
      adminUrl: this.adminUrl,
      introspectUrl: this.introspectUrl,
      staleTimeoutMs: STALE_TIMEOUT_SECONDS * 1000,
      config: this.#config,
      allowSweep: true,
      allowFolderOutage: true,
      restart: () => this.restart(),
    };
  }

  get #ready(): ReadyInfo {
    if (this.#running === undefined) throw new Error('the agent is not started');
    return this.#running.ready;
  }
}
