import type { Port } from '@vrouter/port-model';
import { Pool } from 'undici';
import { parseAgentUrl } from './agent-url.ts';
import { classifyChange, classifyFailure, classifyRead } from './classify.ts';
import { connector, probe, type Connecting } from './connect.ts';
import { exchange } from './exchange.ts';
import { readLimits, type AgentClientLimits } from './limits.ts';
import type { ChangeOutcome, ReadOutcome, Unavailable } from './outcome.ts';
import * as requests from './requests.ts';
import type { AgentRequest } from './requests.ts';
import { systemTimer, type Timer } from './timer.ts';
import { tlsSettings, type TlsOptions } from './tls.ts';

/** Room for the longest list of problems; a port is a few hundred bytes. */
const RESPONSE_BYTES_MAX = 256 * 1024;
const HEADER_BYTES_MAX = 16 * 1024;
/** Idle connections close before anything between us and the agent forgets them. */
const IDLE_MS_MAX = 10_000;
/** Far above what a caller with a window sends; without one, memory would be the limit. */
const REQUESTS_MAX = 1_000;
/** One object, so that all clients without options of their own share what is made of it. */
const USUAL_TLS: TlsOptions = {};
const TOO_MANY = `More than ${REQUESTS_MAX} requests are waiting for this agent`;

export interface AgentClientOptions extends AgentClientLimits {
  /** Root of the agent's REST API, such as `http://127.0.0.1:9091` or `https://agent.example:9091`. */
  readonly url: string;
  /** Whom to trust, and who we are; only for `https` URLs. */
  readonly tls?: TlsOptions;
  /** Time for the limits; the system's unless given. */
  readonly timer?: Timer;
}

/**
 * One agent. Every operation sends one request once and tells what came of it; nothing is retried here, and
 * nothing but wrong arguments throws. A signal calls an operation off: the outcome is then `unavailable`.
 */
export interface AgentClient {
  readonly url: string;
  add(port: Port, signal?: AbortSignal): Promise<ChangeOutcome>;
  /** 1 to 64 ports in one request, all or none; real agents may swallow a refusal, so send valid ports only. */
  addAll(ports: readonly Port[], signal?: AbortSignal): Promise<ChangeOutcome>;
  delete(id: string, signal?: AbortSignal): Promise<ChangeOutcome>;
  enable(id: string, signal?: AbortSignal): Promise<ChangeOutcome>;
  disable(id: string, signal?: AbortSignal): Promise<ChangeOutcome>;
  sync(signal?: AbortSignal): Promise<ChangeOutcome>;
  get(id: string, signal?: AbortSignal): Promise<ReadOutcome>;
  /** Does anything accept connections there? Opens one, closes it, and asks nothing. */
  probe(signal?: AbortSignal): Promise<boolean>;
  /** Ends at once; requests under way become `unavailable`. */
  close(): Promise<void>;
}

/** Throws `AgentClientError` BAD_URL, BAD_TLS or BAD_LIMIT. Opens no connection before the first operation. */
export function createAgentClient(options: AgentClientOptions): AgentClient {
  const { connectTimeoutMs, responseTimeoutMs, waitTimeoutMs, connections } = readLimits(options);
  const { timer = systemTimer } = options;
  const address = parseAgentUrl(options.url);
  const connecting: Connecting = {
    address,
    tls: address.isTls ? tlsSettings(options.tls ?? USUAL_TLS) : undefined,
    timeoutMs: connectTimeoutMs,
    timer,
  };
  const pool = new Pool(address.origin, {
    connections,
    pipelining: 1, // real agents lose the second of two requests in one read
    connect: connector(connecting),
    // The limit of each exchange covers headers and body, to the millisecond.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: IDLE_MS_MAX,
    keepAliveMaxTimeout: IDLE_MS_MAX,
    maxResponseSize: RESPONSE_BYTES_MAX,
    maxHeaderSize: HEADER_BYTES_MAX,
  });
  let underWay = 0;

  async function send<T>(
    request: AgentRequest,
    classify: (status: number, text: string) => T,
    signal: AbortSignal | undefined,
  ): Promise<T | Unavailable> {
    if (underWay >= REQUESTS_MAX) return { kind: 'unavailable', reason: TOO_MANY, sent: false };
    underWay++;
    const result = await exchange(pool, request, { waitTimeoutMs, responseTimeoutMs }, timer, signal);
    underWay--;
    if (result.kind === 'answer') return classify(result.status, result.text);
    return classifyFailure(result.error, result.sent, result.late);
  }

  return {
    url: address.origin,
    add: async (port, signal) => send(requests.addRequest(port), classifyChange, signal),
    addAll: async (ports, signal) => send(requests.addAllRequest(ports), classifyChange, signal),
    delete: async (id, signal) => send(requests.deleteRequest(id), classifyChange, signal),
    enable: async (id, signal) => send(requests.enableRequest(id), classifyChange, signal),
    disable: async (id, signal) => send(requests.disableRequest(id), classifyChange, signal),
    sync: async (signal) => send(requests.syncRequest(), classifyChange, signal),
    get: async (id, signal) =>
      send(requests.getRequest(id), (status, text) => classifyRead(id.toLowerCase(), status, text), signal),
    probe: (signal) => probe(connecting, signal),
    close: async () => {
      await pool.destroy();
    },
  };
}
