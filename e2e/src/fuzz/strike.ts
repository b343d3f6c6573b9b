import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Attack } from './attacks/attack.ts';

/** Longer than the agent lets any connection go on that ended on the other side. */
const CLOSE_MS_MAX = 20_000;
const KEPT_MAX = 64 * 1024;
const DEFECT = 'The agent has a defect';

/** Carries `attack` out against the server at `url`. Resolves to what is wrong with the outcome, undefined: nothing. */
export async function strike({ pieces, ending }: Attack, url: string): Promise<string | undefined> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true });
  const outcome = outcomeOf(socket);
  for (const piece of pieces) {
    if (!socket.writable) break;
    socket.write(Buffer.from(piece, 'latin1'));
    await nextTurn();
  }
  if (ending === 'reset') socket.resetAndDestroy();
  else socket.end();
  const { received, error } = await outcome;
  if (error !== undefined) return error;
  if (received !== '' && !received.startsWith('HTTP/1.1 '))
    return `it answered what is no HTTP: ${shown(received)}`;
  return received.includes(DEFECT) ? `it met a defect of its own: ${shown(received)}` : undefined;
}

interface Outcome {
  /** The beginning of all that came. */
  readonly received: string;
  readonly error: string | undefined;
}

function outcomeOf(socket: Socket): Promise<Outcome> {
  let received = '';
  let error: string | undefined;
  const limit = setTimeout(() => {
    error = `it did not close a connection within ${CLOSE_MS_MAX} ms after the other side had; came: ${shown(received)}`;
    socket.destroy();
  }, CLOSE_MS_MAX);
  socket.on('data', (bytes: Buffer) => {
    if (received.length < KEPT_MAX) received += bytes.toString('latin1');
  });
  socket.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // A reset is one way to close; not to be there at all is none.
    if (code !== 'ECONNRESET' && code !== 'EPIPE') error ??= message;
  });
  return new Promise((resolve) => {
    socket.once('close', () => {
      clearTimeout(limit);
      resolve({ received, error });
    });
  });
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 500));
}
