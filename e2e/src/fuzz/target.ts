import { join } from 'node:path';
import {
  samplePort,
  startProcess,
  temporaryFolder,
  waitFor,
  workspaceFile,
  type ManagedProcess,
  type ReadyInfo,
} from '@vrouter/testkit';
import { getJson } from '../world/http.ts';
import { disagreements, type Kept } from './agreement.ts';
import type { Attack } from './attacks/attack.ts';
import { isBadLine } from './log-line.ts';

const MAIN = workspaceFile('apps/vrouter-agent-sim/src/main.ts');
/** Sweeps shall happen all the time. */
const STALE_SECONDS = '0.5';
const AGREE_MS_MAX = 20_000;
const WATCH_MS_MAX = 2 ** 31 - 1;
/** A port that no attack knows. */
const OWN = samplePort(4711);

/** The agent under attack: a process with all its listeners, whose log is watched. */
export class Target {
  readonly #folder: ReturnType<typeof temporaryFolder>;
  readonly #agent: ManagedProcess<ReadyInfo>;
  readonly #profile: string;
  #trouble: string | undefined;
  #isGone = false;

  private constructor(
    folder: ReturnType<typeof temporaryFolder>,
    agent: ManagedProcess<ReadyInfo>,
    profile: string,
  ) {
    this.#folder = folder;
    this.#agent = agent;
    this.#profile = profile;
    // Both end when the agent does, which `stop` waits for.
    void agent.waitForLog(isBadLine, 'an error', WATCH_MS_MAX).then(
      (line) => (this.#trouble ??= `its log says: ${line}`),
      () => undefined,
    );
    void agent.exited.then(({ code, signal }) => {
      this.#isGone = true;
      this.#trouble ??= `it is gone (${signal ?? `code ${code}`}); its last words:\n${agent.stderr().slice(-4000)}`;
    });
  }

  static async start(profile: string): Promise<Target> {
    const folder = temporaryFolder();
    const readyFile = join(folder.path, 'ready.json');
    const listeners = ['--listen', '--admin-listen', '--introspect-listen'].flatMap((flag) => [
      flag,
      '127.0.0.1:0',
    ]);
    const args = [
      ...listeners,
      '--state-dir',
      join(folder.path, 'state'),
      '--profile',
      profile,
      '--ready-file',
      readyFile,
      '--stale-timeout',
      STALE_SECONDS,
      '--log-level',
      'warn',
    ];
    try {
      const agent = await startProcess({ name: 'agent', file: MAIN, args, readyFile });
      return new Target(folder, agent, profile);
    } catch (error) {
      folder.remove();
      throw error;
    }
  }

  get pid(): number {
    return this.#agent.pid;
  }

  get portsDir(): string {
    return join(this.#folder.path, 'state', 'ports');
  }

  get kept(): Kept {
    return {
      adminUrl: this.#agent.ready.adminUrl,
      portsDir: this.portsDir,
      hasExactFiles: this.#profile === 'blueprint',
    };
  }

  /** What the log or the end of the process told, at once. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  url(target: Attack['target']): string {
    const { url, adminUrl, agents } = this.#agent.ready;
    return { rest: url, admin: adminUrl, introspect: agents[0]?.introspectUrl ?? url }[target];
  }

  /** Throws an Error that says what is not as it should be now that nobody attacks. */
  async check(): Promise<void> {
    if (this.#trouble !== undefined) throw new Error(this.#trouble);
    await getJson(`${this.#agent.ready.adminUrl}/readyz`);
    await this.#call('POST', '/port', JSON.stringify(OWN));
    await this.#call('DELETE', `/port/${OWN.id}?type=2`);
    let last: string[] = [];
    const agreed = waitFor(async () => (last = await disagreements(this.kept)).length === 0, {
      what: 'table and folder to agree',
      timeoutMs: AGREE_MS_MAX,
    });
    await agreed.catch((cause: unknown) => {
      throw new Error(`its table and its folder differ:\n${last.slice(0, 20).join('\n')}`, { cause });
    });
    if (this.#trouble !== undefined) throw new Error(this.#trouble);
  }

  /** Stops the agent, which must end as asked; its folder goes, unless it shall be looked at. */
  async stop(keepFolder: boolean): Promise<string> {
    const wasGone = this.#isGone;
    const { code, signal } = await this.#agent.stop();
    if (!keepFolder) this.#folder.remove();
    if (!wasGone && code !== 0)
      throw new Error(`it did not stop as asked, but with ${signal ?? `code ${code}`}`);
    return this.#folder.path;
  }

  async #call(method: string, path: string, body?: string): Promise<void> {
    const response = await fetch(`${this.#agent.ready.url}${path}`, {
      method,
      signal: AbortSignal.timeout(AGREE_MS_MAX),
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${method} ${path} was answered ${response.status} ${text}`);
  }
}
