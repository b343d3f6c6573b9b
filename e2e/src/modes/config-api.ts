import { join } from 'node:path';
import { startProcess, workspaceFile, type ManagedProcess, type ReadyInfo } from '@vrouter/testkit';
import { loopbackAddress } from '../world/loopback.ts';

const MAIN = workspaceFile('apps/config-api-sim/src/main.ts');
const ANSWER_MS_MAX = 10_000;

/** An object as the config API shows it. */
export type ApiObject = Readonly<Record<string, unknown>> & { readonly uuid: string };

/** One row of `GET /admin/requests`. */
export interface ApiRequest {
  readonly atMs: number;
  readonly operation: string | null;
  readonly type: string | null;
  readonly query: string;
  readonly body?: string;
}

/** A config API server as a process, and what is done to it besides what the plugin does. */
export class ConfigApi {
  readonly #folder: string;
  #process: ManagedProcess<ReadyInfo>;
  /** Changes that were not the plugin's. */
  #changes = 0;

  private constructor(folder: string, process: ManagedProcess<ReadyInfo>) {
    this.#folder = folder;
    this.#process = process;
  }

  static async open(folder: string): Promise<ConfigApi> {
    return new ConfigApi(folder, await launch(folder, `${loopbackAddress()}:0`));
  }

  get url(): string {
    return this.#process.ready.url;
  }

  async create(type: string, object: object): Promise<string> {
    this.#changes += 1;
    const answer = await this.#call('POST', `${this.url}/${type}s`, { [type]: object });
    return (answer as Record<string, { uuid: string }>)[type]?.uuid ?? '';
  }

  async remove(type: string, uuid: string): Promise<void> {
    this.#changes += 1;
    await this.#call('DELETE', `${this.url}/${type}/${uuid}`);
  }

  async read(type: string, uuid: string): Promise<unknown> {
    return this.#call('GET', `${this.url}/${type}/${uuid}`);
  }

  /** All objects of the type, whole. */
  async objects(type: string): Promise<readonly ApiObject[]> {
    const answer = (await this.#call('GET', `${this.url}/${type}s?detail=true`)) as Record<string, unknown[]>;
    return (answer[`${type}s`] ?? []).map((row) => (row as Record<string, ApiObject>)[type] ?? { uuid: '' });
  }

  /** Requests that change something and that were not ours. */
  async changesOfOthers(): Promise<number> {
    const changing = Object.entries(await this.requests()).filter(([operation]) =>
      /^(create|update|delete|ref-update)/u.test(operation),
    );
    return changing.reduce((sum, [, count]) => sum + count, 0) - this.#changes;
  }

  /** All requests since `forgetRequests`, by operation and type. */
  async requests(): Promise<Readonly<Record<string, number>>> {
    const counters = (await this.#admin('GET', 'counters')) as {
      requests: { byOperation: Readonly<Record<string, number>> };
    };
    return counters.requests.byOperation;
  }

  /** The same one by one, in the order in which they arrived. An error if some were forgotten by themselves. */
  async journal(): Promise<readonly ApiRequest[]> {
    const { dropped, requests } = (await this.#admin('GET', 'requests')) as {
      dropped: number;
      requests: readonly ApiRequest[];
    };
    if (dropped > 0) throw new Error(`the config API has forgotten ${dropped} requests`);
    return requests;
  }

  async forgetRequests(): Promise<void> {
    this.#changes = 0;
    await this.#admin('DELETE', 'requests');
  }

  /** From now on each request takes `delayMs` longer; or only those of an operation. */
  async delay(delayMs: number, operation?: string): Promise<void> {
    const effect = { kind: 'latency', delayMs };
    await this.#admin('PUT', 'faults', {
      rules: [{ ...(operation !== undefined && { operation }), effect }],
    });
  }

  /** It accepts connections and answers nothing, until `resume`. */
  pause(): void {
    this.#process.pause();
  }

  resume(): void {
    this.#process.resume();
  }

  /** Rules for its faults; none: all is well. */
  async setFaults(rules: readonly object[]): Promise<void> {
    await this.#admin('PUT', 'faults', { rules });
  }

  /** SIGKILL. Its objects stay. */
  async kill(): Promise<void> {
    await this.#process.kill();
  }

  /** A new process at the same URL, with the same objects; what was counted is forgotten. */
  async restart(): Promise<void> {
    this.#process = await launch(this.#folder, new URL(this.url).host);
    this.#changes = 0;
  }

  /** As if it had just been installed. */
  async reset(): Promise<void> {
    this.#changes = 0;
    await this.#admin('POST', 'reset');
  }

  /** For people, after a failure. */
  evidence(): Promise<unknown> {
    return this.#admin('GET', 'snapshot');
  }

  async close(): Promise<void> {
    await this.#process.kill();
  }

  #admin(method: string, what: string, body?: object): Promise<unknown> {
    return this.#call(method, `${this.#process.ready.adminUrl}/admin/${what}`, body);
  }

  async #call(method: string, url: string, body?: object): Promise<unknown> {
    const response = await fetch(url, {
      method,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

function launch(folder: string, listen: string): Promise<ManagedProcess<ReadyInfo>> {
  const readyFile = join(folder, 'config-api.ready.json');
  const stateDir = join(folder, 'config-api');
  const args = ['--listen', listen, '--admin-listen', '127.0.0.1:0', '--state-dir', stateDir];
  const name = 'config API';
  return startProcess({ name, file: MAIN, args: [...args, '--ready-file', readyFile], readyFile });
}

/** The uuids that `object` refers to in `field`. */
export function refs(object: ApiObject, field: string): readonly string[] {
  return ((object[field] ?? []) as readonly { readonly uuid: string }[]).map(({ uuid }) => uuid);
}
