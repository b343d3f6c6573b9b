import type { PortBody } from '../agent/port-body.ts';

export interface SeenRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headerLines: readonly string[];
  /** What the client sent, decoded if it came in chunks. */
  readonly body: string;
}

export interface SeenAnswer {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headerLines: readonly string[];
  readonly body: string;
}

/** What a mutation may do beside changing messages. */
export interface World {
  readonly portsDir: string;
  readonly staleTimeoutMs: number;
  /** Asks the real agent behind the proxy. */
  ask(method: string, path: string, body?: string): Promise<{ status: number; text: string }>;
  /** Asks its listener for operators. */
  askAdmin(method: string, path: string): Promise<void>;
  /** Does something later, unless the mutation is over by then. */
  later(afterMs: number, act: () => Promise<void>): void;
}

/** One way in which an agent can be wrong. Made anew for each run, so that it may remember things. */
export interface Mutation {
  /** Before a request is passed on: another request instead, an answer of its own, or undefined for as it is. */
  readonly request?: (
    request: SeenRequest,
    world: World,
  ) => Promise<Changed | undefined> | Changed | undefined;
  /** Before an answer is passed on: another answer, or undefined for as it is. */
  readonly answer?: (
    answer: SeenAnswer,
    request: SeenRequest,
    world: World,
  ) => Promise<SeenAnswer | undefined> | SeenAnswer | undefined;
  /** Before the agent is killed for a restart. */
  readonly beforeRestart?: (world: World) => Promise<void> | void;
  /** After it is up again. */
  readonly afterRestart?: (world: World) => Promise<void> | void;
  /** Requests that come in one packet reach the agent one after another; default: as they come. */
  readonly takesApart?: boolean;
  /** Bytes after each answer. */
  readonly trailer?: string;
  /** What happens to the connection after each answer; default: what the agent does. */
  readonly afterAnswer?: 'close' | 'keep';
}

export type Changed =
  | { readonly request: SeenRequest }
  | { readonly answer: SeenAnswer }
  /** No answer: the connection is cut. */
  | 'cut';

export interface Mutant {
  readonly name: string;
  /** The checks that must all fail because of it. */
  readonly caughtBy: readonly string[];
  readonly make: () => Mutation;
}

/** An answer with this status and JSON body. */
export function answerWith(status: number, body: unknown, reason = 'OK'): SeenAnswer {
  const text = JSON.stringify(body);
  return { version: 'HTTP/1.1', status, reason, headerLines: ['Content-Type: application/json'], body: text };
}

export const isAdd = ({ method, path }: SeenRequest): boolean =>
  method === 'POST' && path.split('?')[0] === '/port';
export const isSync = ({ method, path }: SeenRequest): boolean => method === 'POST' && path === '/syncports';

/** The id in the path, if there is one. */
export function idIn({ path }: SeenRequest): string | undefined {
  return /^\/[a-z-]+\/([0-9a-fA-F-]{36})(\?|$)/.exec(path)?.[1]?.toLowerCase();
}

/** The ports of the body, if it is JSON. */
export function portsIn({ body }: SeenRequest): PortBody[] {
  try {
    const value: unknown = JSON.parse(body);
    return (Array.isArray(value) ? value : [value]) as PortBody[];
  } catch {
    return [];
  }
}

/** `request` with `port` as its body. */
export function withPort(request: SeenRequest, port: object): { readonly request: SeenRequest } {
  return { request: { ...request, body: JSON.stringify(port) } };
}

/** Changes the JSON of each answer that is an error. */
export function changedError(change: (error: ErrorJson, request: SeenRequest) => object): Mutation {
  return {
    answer: (answer, request) =>
      answer.status < 400
        ? undefined
        : { ...answer, body: JSON.stringify(change(JSON.parse(answer.body) as ErrorJson, request)) },
  };
}

export interface ErrorJson {
  readonly error: string;
  readonly details?: readonly { readonly field: string; readonly index?: number }[];
}
