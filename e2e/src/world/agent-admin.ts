import { getJson } from './http.ts';

const ANSWER_MS_MAX = 30_000;

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
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly operation: string;
  readonly portIds: readonly string[];
  readonly status: number;
  /** As received, shortened when very long. */
  readonly body?: string;
}

export function readState(adminUrl: string): Promise<AgentState> {
  return getJson(`${adminUrl}/admin/state`);
}

/** Has the agent do something; an error when it does not. */
export async function askAdmin(method: string, url: string, body?: object): Promise<void> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: expected a success, got ${response.status} ${text}`);
}

/** All requests since the agent's start, oldest first. An error if it had to forget some. */
export async function readRequests(adminUrl: string): Promise<readonly Request[]> {
  const url = `${adminUrl}/admin/requests`;
  const { dropped, requests } = await getJson<{ dropped: number; requests: readonly Request[] }>(url);
  if (dropped > 0) throw new Error(`${url}: ${dropped} requests are forgotten: evidence is missing`);
  return requests;
}
