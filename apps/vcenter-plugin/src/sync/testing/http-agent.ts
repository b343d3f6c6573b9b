import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly body: unknown;
}

/** What to answer: a status and a body, or nothing at all. */
export type Behaviour = (request: HttpRequest) => { status: number; body: unknown } | undefined;

export const OBEDIENT: Behaviour = () => ({ status: 200, body: {} });
/** Accepts everything and never answers. */
export const DEAD: Behaviour = () => undefined;

/** A real HTTP server in the place of an agent. */
export interface HttpAgent {
  readonly url: string;
  readonly requests: readonly HttpRequest[];
  behaviour: Behaviour;
  /** Connections that are open now. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

export async function httpAgent(behaviour: Behaviour = OBEDIENT, port = 0): Promise<HttpAgent> {
  const requests: HttpRequest[] = [];
  const server = createServer((request, response) => void answer(request, response));
  const agent = {
    url: await listen(server, port),
    requests,
    behaviour,
    connections: () =>
      new Promise<number>((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const seen = {
      method: request.method ?? '',
      path: (request.url ?? '').replace(/\?.*/, ''),
      body: text === '' ? undefined : JSON.parse(text),
    };
    requests.push(seen);
    const given = agent.behaviour(seen);
    if (given === undefined) return;
    response.writeHead(given.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(given.body));
  }
  return agent;
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}
