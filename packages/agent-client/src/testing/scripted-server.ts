import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

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

/** A TCP server that reads HTTP and writes what the test says, byte by byte, right or wrong. */
export interface ScriptedServer {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  /** How many connections were opened so far. */
  connections(): number;
  /** Ends of connections, in order: how the other side left. */
  readonly ends: readonly ('closed' | 'reset')[];
  close(): Promise<void>;
}

/** With `tls` what is read and written is what is inside. */
export async function scriptedServer(script: Script, port = 0, tls?: TlsOptions): Promise<ScriptedServer> {
  const requests: SeenRequest[] = [];
  const ends: ('closed' | 'reset')[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const serve = (socket: Socket): void => {
    const connection = connections++;
    sockets.add(socket);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const request = parseRequest(received, connection);
      if (request === undefined) return;
      received = '';
      requests.push(request);
      script(request, socket);
    });
    socket.on('error', () => ends.push('reset'));
    socket.on('close', (hadError) => {
      if (!hadError) ends.push('closed');
      sockets.delete(socket);
    });
  };
  const server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  const address = await listen(server, port);
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`,
    port: address.port,
    requests,
    connections: () => connections,
    ends,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The bytes of a well-formed answer. */
export function answer(status: number, body: string, headers: readonly string[] = []): string {
  const lines = [
    `HTTP/1.1 ${status} OK`,
    'Content-Type: application/json; charset=UTF-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** A script that always writes `text`. */
export const always =
  (text: string): Script =>
  (_request, socket) =>
    void socket.write(text);

/** A script that never answers. */
export const never: Script = () => undefined;

function parseRequest(text: string, connection: number): SeenRequest | undefined {
  const [head, body] = split(text, '\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => split(line, ': ')).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (!text.includes('\r\n\r\n') || body.length < Number(headers['content-length'] ?? 0)) return undefined;
  const [method = '', path = ''] = first.split(' ');
  return { connection, method, path, headers, body };
}

function split(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + separator.length)];
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server.address() as AddressInfo));
  });
}
