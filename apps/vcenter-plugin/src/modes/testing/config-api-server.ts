import { join } from 'node:path';
import {
  startProcess,
  temporaryFolder,
  workspaceFile,
  type ManagedProcess,
  type ReadyInfo,
} from '@vrouter/testkit';

const ANSWER_MS_MAX = 10_000;

/** A config API server as a process, and what tests do to it behind the plugin's back. */
export interface ConfigApiServer {
  readonly url: string;
  /** Creates an object of `type` and returns its uuid. */
  create(type: string, object: object): Promise<string>;
  remove(type: string, uuid: string): Promise<void>;
  /** All objects of `type`, whole. */
  objects(type: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Requests since `forgetRequests`, by operation and type. */
  requests(): Promise<Readonly<Record<string, number>>>;
  forgetRequests(): Promise<void>;
  /** Rules of the fault plan; none ends it. */
  faults(...rules: readonly object[]): Promise<void>;
  /** Forgets every object. */
  reset(): Promise<void>;
  /** SIGSTOP and SIGCONT. */
  readonly process: ManagedProcess<ReadyInfo>;
  close(): Promise<void>;
}

/** Starts one; `flags` besides those that give it its addresses and folder. */
export async function configApiServer(flags: readonly string[] = []): Promise<ConfigApiServer> {
  const folder = temporaryFolder();
  const readyFile = join(folder.path, 'ready.json');
  const free = '127.0.0.1:0';
  const args = ['--listen', free, '--admin-listen', free, '--state-dir', join(folder.path, 'state')];
  const process: ManagedProcess<ReadyInfo> = await startProcess({
    name: 'config API',
    file: workspaceFile('apps/config-api-sim/src/main.ts'),
    args: [...args, ...flags, '--ready-file', readyFile],
    readyFile,
  });
  const { url, adminUrl } = process.ready;
  return {
    url,
    process,
    async create(type, object) {
      const answer = await call('POST', `${url}/${type}s`, { [type]: object });
      return (answer as Record<string, { uuid: string }>)[type]?.uuid ?? '';
    },
    async remove(type, uuid) {
      await call('DELETE', `${url}/${type}/${uuid}`);
    },
    async objects(type) {
      const answer = (await call('GET', `${url}/${type}s?detail=true`)) as Record<string, object[]>;
      return (answer[`${type}s`] ?? []).map(
        (row) => (row as Record<string, Record<string, unknown>>)[type] ?? {},
      );
    },
    async requests() {
      const answer = (await call('GET', `${adminUrl}/admin/counters`)) as {
        requests: { byOperation: Record<string, number> };
      };
      return answer.requests.byOperation;
    },
    async forgetRequests() {
      await call('DELETE', `${adminUrl}/admin/requests`);
    },
    async faults(...rules) {
      await call('PUT', `${adminUrl}/admin/faults`, { rules });
    },
    async reset() {
      await call('POST', `${adminUrl}/admin/reset`);
    },
    async close() {
      await process.stop();
      folder.remove();
    },
  };
}

async function call(method: string, url: string, body?: object): Promise<unknown> {
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
