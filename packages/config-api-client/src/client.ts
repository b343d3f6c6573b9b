import {
  readBriefPage,
  readCreated,
  readDone,
  readFound,
  readPage,
  readUuid,
  type Brief,
} from './answers.ts';
import { Channel } from './channel.ts';
import { systemClock, type Clock } from './clock.ts';
import { expected } from './expected.ts';
import { parseApiUrl } from './http/api-url.ts';
import type { HttpAnswer, HttpRequest } from './http/exchange.ts';
import type { TlsOptions } from './http/tls.ts';
import { Transport } from './http/transport.ts';
import type { KeystoneOptions } from './keystone/options.ts';
import { TokenSource } from './keystone/token-source.ts';
import { readLimits, type Limits } from './limits.ts';
import { readList, type ListQuery } from './lists.ts';
import type { ChangesOf, NewObjectOf, ObjectOf, ObjectType } from './objects/index.ts';
import type {
  ChangeOutcome,
  CreateOutcome,
  DeleteOutcome,
  Failure,
  ListOutcome,
  ReadOutcome,
  ResolveOutcome,
} from './outcome.ts';
import * as requests from './requests.ts';
import type { ReferenceChange } from './requests.ts';

export interface ConfigApiClientOptions extends Limits {
  /** Root of the config API, such as `http://127.0.0.1:8082`. */
  readonly url: string;
  readonly tls?: TlsOptions;
  /** Absent: the server wants no token. */
  readonly keystone?: KeystoneOptions;
  /** Time for limits and tokens; the system's unless given. */
  readonly clock?: Clock;
}

/**
 * One config API server. Every operation tells what came of it; nothing but wrong arguments throws. Nothing is
 * repeated, except for a request that came with an old token. A signal calls an operation off: the outcome is then
 * `unavailable`.
 */
export interface ConfigApiClient {
  readonly url: string;
  /** The uuid of the object with that name. */
  resolve(type: ObjectType, fqName: readonly string[], signal?: AbortSignal): Promise<ResolveOutcome>;
  /** `fields`: which children and back references to show, none when empty, all when undefined. */
  read<T extends ObjectType>(
    type: T,
    uuid: string,
    options?: { readonly fields?: readonly string[]; readonly signal?: AbortSignal },
  ): Promise<ReadOutcome<ObjectOf<T>>>;
  /** Whole objects, in one request for each page. */
  list<T extends ObjectType>(
    type: T,
    query?: ListQuery,
    signal?: AbortSignal,
  ): Promise<ListOutcome<ObjectOf<T>>>;
  /** Uuids and names only. */
  listBrief(type: ObjectType, query?: ListQuery, signal?: AbortSignal): Promise<ListOutcome<Brief>>;
  create<T extends ObjectType>(type: T, object: NewObjectOf<T>, signal?: AbortSignal): Promise<CreateOutcome>;
  /** Sets the fields of `changes` and leaves all others. */
  update<T extends ObjectType>(
    type: T,
    uuid: string,
    changes: ChangesOf<T>,
    signal?: AbortSignal,
  ): Promise<ChangeOutcome>;
  /** Sends the DELETE without reading first: reading could fail, and what it finds is old. */
  delete(type: ObjectType, uuid: string, signal?: AbortSignal): Promise<DeleteOutcome>;
  updateReference(change: ReferenceChange, signal?: AbortSignal): Promise<ChangeOutcome>;
  /** Ends at once; requests under way become `unavailable`. */
  close(): Promise<void>;
}

/** Throws `ConfigApiClientError`. Opens no connection before the first operation. */
export function createConfigApiClient(options: ConfigApiClientOptions): ConfigApiClient {
  const { tls, keystone, clock = systemClock } = options;
  const limits = readLimits(options);
  const origin = parseApiUrl(options.url);
  const tokens = keystone === undefined ? undefined : new TokenSource(keystone, limits, clock);
  const channel = new Channel(new Transport({ origin, tls, limits, clock }), tokens);

  async function send<T>(
    request: HttpRequest,
    read: (answer: HttpAnswer) => T | Failure,
    signal: AbortSignal | undefined,
  ): Promise<T | Failure> {
    const result = await channel.send(request, signal);
    return result.kind === 'answer' ? read(result) : result;
  }

  return {
    url: origin,
    async resolve(type, fqName, signal) {
      const outcome = await send(requests.resolveRequest(type, fqName), readUuid, signal);
      return expected(outcome, ['resolved', 'not-found']);
    },
    async read(type, uuid, { fields, signal } = {}) {
      const read = (answer: HttpAnswer) => readFound(type, answer);
      return expected(await send(requests.readRequest(type, uuid, fields), read, signal), [
        'found',
        'not-found',
      ]);
    },
    async list(type, query = {}, signal) {
      const read = (answer: HttpAnswer) => readPage(type, answer);
      return readList<ObjectOf<typeof type>>(query, (part) =>
        send(requests.listRequest(type, { ...part, isDetail: true }), read, signal),
      );
    },
    async listBrief(type, query = {}, signal) {
      const read = (answer: HttpAnswer) => readBriefPage(type, answer);
      return readList(query, (part) =>
        send(requests.listRequest(type, { ...part, isDetail: false }), read, signal),
      );
    },
    async create(type, object, signal) {
      const read = (answer: HttpAnswer) => readCreated(type, answer);
      const outcome = await send(requests.createRequest(type, object), read, signal);
      return expected(outcome, ['created', 'conflict', 'not-found']);
    },
    async update(type, uuid, changes, signal) {
      const outcome = await send(requests.updateRequest(type, uuid, changes), readDone, signal);
      return expected(outcome, ['done', 'conflict', 'not-found']);
    },
    async delete(type, uuid, signal) {
      const outcome = await send(requests.deleteRequest(type, uuid), readDone, signal);
      return expected(outcome, ['done', 'not-found', 'children-present', 'still-referred', 'conflict']);
    },
    async updateReference(change, signal) {
      const outcome = await send(requests.referenceRequest(change), readDone, signal);
      return expected(outcome, ['done', 'conflict', 'not-found']);
    },
    close: () => channel.close(),
  };
}
