import { connect, type Socket } from 'node:net';

/** Sends `bytes` to the server at `url`, piece by piece, and returns all that comes until the server closes. */
export async function rawExchange(url: string, ...bytes: readonly (string | Buffer)[]): Promise<string> {
  const socket = rawConnection(url);
  for (const piece of bytes) socket.write(piece);
  return received(socket);
}

/** All that `socket` gets from now until it is closed, be it by a reset. */
export function received(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('close', () => resolve(Buffer.concat(chunks).toString()));
  });
}

export function rawConnection(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => socket.destroy()); // a reset is one way for the server to close
  return socket;
}
