import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from './certificates.ts';

/** A request as it came over the wire. */
interface SeenRequest {
  readonly connection: number;
  readonly method: string;
  /** With query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers one request in any way, or not at all. */
export type Script = (request: SeenRequest, socket: Socket) => void;

/** A server that reads HTTP and writes what the test says, byte by byte, right or wrong. */
export interface RawServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

export async function rawServer(script: Script, certificate?: Certificate): Promise<RawServer> {
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const accept = (socket: Socket): void => {
    const connection = connections++;
    let received = '';
    sockets.add(socket);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const request = parseRequest(received, connection);
      if (request === undefined) return;
      received = '';
      requests.push(request);
      script(request, socket);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server =
    certificate === undefined ? createServer(accept) : createTlsServer({ ...certificate }, accept);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // A client that does not trust us ends the handshake; that is its business.
  server.on('tlsClientError', () => undefined);
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The bytes of a well-formed answer; anything but text is written as JSON. */
export function answer(status: number, body: unknown = '', headers: readonly string[] = []): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/html; charset=UTF-8' : 'application/json';
  const lines = [
    `HTTP/1.1 ${status} Whatever`,
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${text}`;
}

/** A script that always writes `text`. */
export const always =
  (text: string): Script =>
  (_request, socket) =>
    void socket.write(text);

/** A script that never answers. */
export const never: Script = () => undefined;

/** A script that writes one text after the other, and the last one for ever. */
export function inTurn(...texts: readonly string[]): Script {
  let turn = 0;
  return (_request, socket) => void socket.write(texts[Math.min(turn++, texts.length - 1)] ?? '');
}

function parseRequest(text: string, connection: number): SeenRequest | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
    }),
  );
  const body = text.slice(end + 4);
  if (body.length < Number(headers['content-length'] ?? 0)) return undefined;
  const [method = '', path = ''] = first.split(' ');
  return { connection, method, path, headers, body };
}
