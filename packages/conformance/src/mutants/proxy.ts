import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { CannotCheck } from '../errors.ts';
import { parseMessage, parseResponse } from '../wire/parse-message.ts';
import type { Message, Response } from '../wire/message.ts';
import type { Mutation, SeenAnswer, SeenRequest, World } from './mutation.ts';

/**
 * A reverse proxy that makes an agent wrong in one way. Connections are passed on one to one; without a mutation,
 * messages are passed on byte by byte, and so is what cannot be understood.
 */
export class MutatingProxy {
  readonly #agentUrl: () => string;
  readonly #world: World;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  mutation: Mutation = {};

  constructor(agentUrl: () => string, world: World) {
    this.#agentUrl = agentUrl;
    this.#world = world;
    this.#server = createServer({ noDelay: true }, (client) => this.#serve(client));
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(client: Socket): void {
    const { hostname, port } = new URL(this.#agentUrl());
    const agent = connect({ host: hostname, port: Number(port), noDelay: true });
    for (const socket of [client, agent]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => this.#sockets.delete(socket));
    }
    client.once('close', () => agent.destroy());
    const line = new Line(client, agent, this.mutation, this.#world);
    agent.once('close', () => line.agentClosed());
    client.on('data', (chunk: Buffer) => line.fromClient(chunk));
    agent.on('data', (chunk: Buffer) => line.fromAgent(chunk));
  }
}

/** One client's connection and its counterpart to the agent. */
class Line {
  readonly #client: Socket;
  readonly #agent: Socket;
  readonly #mutation: Mutation;
  readonly #world: World;
  #fromClient: Buffer = Buffer.alloc(0);
  #fromAgent: Buffer = Buffer.alloc(0);
  /** Set once something came that is no HTTP, or more than one request at once: from then on bytes are only passed on. */
  #isTunnel = false;
  #isBusy = false;
  #isAgentClosed = false;
  #onAnswer: (() => void) | undefined;

  constructor(client: Socket, agent: Socket, mutation: Mutation, world: World) {
    this.#client = client;
    this.#agent = agent;
    this.#mutation = mutation;
    this.#world = world;
  }

  fromClient(chunk: Buffer): void {
    if (this.#isTunnel) {
      this.#agent.write(chunk);
      return;
    }
    this.#fromClient = Buffer.concat([this.#fromClient, chunk]);
    void this.#work(); // catches everything itself
  }

  fromAgent(chunk: Buffer): void {
    if (this.#isTunnel) {
      this.#client.write(chunk);
      return;
    }
    this.#fromAgent = Buffer.concat([this.#fromAgent, chunk]);
    this.#onAnswer?.();
  }

  agentClosed(): void {
    this.#isAgentClosed = true;
    this.#onAnswer?.();
    if (!this.#isBusy && this.#mutation.afterAnswer !== 'keep') this.#client.destroySoon();
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let request = this.#nextRequest(); request !== undefined; request = this.#nextRequest()) {
        await this.#exchange(request);
      }
    } catch {
      this.#client.destroy();
    } finally {
      this.#isBusy = false;
      if (this.#isAgentClosed && this.#mutation.afterAnswer !== 'keep') this.#client.destroySoon();
    }
  }

  #nextRequest(): Message | undefined {
    try {
      const request = parseMessage(this.#fromClient, 'empty');
      if (request === undefined) return undefined;
      const rest = this.#fromClient.subarray(request.raw.length);
      if (rest.length > 0 && this.#mutation.takesApart !== true) return this.#openTunnel();
      this.#fromClient = rest;
      return request;
    } catch {
      return this.#openTunnel();
    }
  }

  #openTunnel(): undefined {
    this.#isTunnel = true;
    this.#agent.write(this.#fromClient);
  }

  async #exchange(message: Message): Promise<void> {
    const seen = seenRequest(message);
    const changed = await this.#mutation.request?.(seen, this.#world);
    if (changed === 'cut') {
      this.#client.destroy();
      return;
    }
    if (changed !== undefined && 'answer' in changed) {
      this.#reply(encodedAnswer(changed.answer));
      return;
    }
    this.#agent.write(changed === undefined ? message.raw : encodedRequest(changed.request));
    const response = await this.#answerOfAgent();
    const answer = await this.#mutation.answer?.(seenAnswer(response), seen, this.#world);
    this.#reply(answer === undefined ? response.raw : encodedAnswer(answer));
  }

  #reply(bytes: Buffer): void {
    this.#client.write(Buffer.concat([bytes, Buffer.from(this.#mutation.trailer ?? '')]));
    if (this.#mutation.afterAnswer === 'close') this.#client.end();
  }

  /** The next answer that is not an interim one; those are passed on. */
  async #answerOfAgent(): Promise<Response> {
    for (;;) {
      const response = parseResponse(this.#fromAgent);
      if (response === undefined) {
        if (this.#isAgentClosed) throw new CannotCheck('the agent closed the connection');
        await new Promise<void>((resolve) => (this.#onAnswer = resolve));
        continue;
      }
      this.#fromAgent = this.#fromAgent.subarray(response.raw.length);
      if (response.status >= 200) return response;
      this.#client.write(response.raw);
    }
  }
}

function seenRequest({ startLine, headerLines, body }: Message): SeenRequest {
  const [method = '', path = ''] = startLine.split(' ');
  return { method, path, headerLines, body: body.toString() };
}

function seenAnswer({ version, status, reason, headerLines, body }: Response): SeenAnswer {
  return { version, status, reason, headerLines, body: body.toString() };
}

function encodedRequest({ method, path, headerLines, body }: SeenRequest): Buffer {
  return encoded(`${method} ${path} HTTP/1.1`, headerLines, body);
}

function encodedAnswer({ version, status, reason, headerLines, body }: SeenAnswer): Buffer {
  return encoded(`${version} ${status} ${reason}`, headerLines, body);
}

/** With the length that the body has now, unless it says that it is chunked. */
function encoded(startLine: string, headerLines: readonly string[], body: string): Buffer {
  const isChunked = headerLines.includes('Transfer-Encoding: chunked');
  const kept = headerLines.filter((line) => !/^(content-length|transfer-encoding):/i.test(line));
  const length = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${Buffer.byteLength(body)}`;
  return Buffer.from([startLine, ...kept, length, '', body].join('\r\n'));
}
