import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Connection } from './connection.ts';

const LIMITS = { connectMsMax: 5_000, responseMsMax: 5_000 };
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';

let server: Server;
let connection: Connection | undefined;
const sockets: Socket[] = [];
afterEach(() => {
  connection?.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
});

/** A server that does `serve` with each connection, and a connection to it. */
async function connected(serve: (socket: Socket) => void): Promise<Connection> {
  server = createServer((socket) => {
    sockets.push(socket);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  connection = await Connection.open({ host: '127.0.0.1', port }, LIMITS);
  return connection;
}

test('nobody there is UNREACHABLE', async () => {
  await connected(() => undefined);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    for (const socket of sockets) socket.destroy();
    connection?.close();
    server.close(resolve);
  });
  await expect(Connection.open({ host: '127.0.0.1', port }, LIMITS)).rejects.toMatchObject({
    code: 'UNREACHABLE',
  });
});

test('silence is WIRE_TIMEOUT, and says what came so far', async () => {
  const to = await connected((socket) => socket.write('HTTP/1.1 200 OK\r\n'));
  await expect(to.read(50)).rejects.toMatchObject({ code: 'WIRE_TIMEOUT' });
});

test('a close instead of an answer is WIRE_CLOSED', async () => {
  const to = await connected((socket) => socket.end('HTTP/1.1 200'));
  await expect(to.read()).rejects.toMatchObject({
    code: 'WIRE_CLOSED',
    message: expect.stringContaining('"HTTP/1.1 200"') as string,
  });
  expect(await to.closesWithin(5_000)).toBe(true);
});

test('garbage is WIRE_MALFORMED', async () => {
  const to = await connected((socket) => socket.write('hello\r\n'));
  await expect(to.read()).rejects.toMatchObject({ code: 'WIRE_MALFORMED' });
});

test('answers in pieces and two at once are read one by one; the rest is told', async () => {
  const to = await connected((socket) => {
    socket.write(ANSWER.slice(0, 10));
    socket.once('data', () => socket.write(`${ANSWER.slice(10)}${ANSWER}more`));
  });
  to.write('go');
  await to.flush();
  expect((await to.read()).body.toString()).toBe('{}');
  expect((await to.read()).status).toBe(200);
  expect(to.unread).toBe('more');
  expect(to.isClosed).toBe(false);
  expect(await to.closesWithin(0)).toBe(false);
});
