import { connect, type Socket } from 'node:net';
import type { buildConnector } from 'undici';
import type { AgentAddress } from './agent-url.ts';
import type { Timer } from './timer.ts';

/** Finds a peer that vanished from an idle connection without a word. */
const KEEP_ALIVE_MS = 10_000;

/** Opens a TCP connection to `host` and `port` within `timeoutMs`. Tells once: an error, or the open socket. */
function openSocket(
  host: string,
  port: number,
  timeoutMs: number,
  timer: Timer,
  told: (error: Error | null, socket: Socket) => void,
): Socket {
  const socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  const cancel = timer.schedule(timeoutMs, () => {
    socket.destroy(new Error(`Connecting to ${host}:${port} took longer than ${timeoutMs} ms`));
  });
  let isTold = false;
  const tell = (error: Error | null): void => {
    cancel();
    if (isTold) return;
    isTold = true;
    told(error, socket);
  };
  socket.once('connect', () => tell(null));
  socket.on('error', tell);
  return socket;
}

/** Does anything accept connections at `address`? Opens one and closes it. */
export function probe(
  { host, port }: AgentAddress,
  timeoutMs: number,
  timer: Timer,
  signal?: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = openSocket(host, port, timeoutMs, timer, (error) => {
      signal?.removeEventListener('abort', abandon);
      socket.destroy();
      resolve(error === null);
    });
    const abandon = (): void => void socket.destroy(new Error('The probe was called off'));
    if (signal?.aborted === true) abandon();
    else signal?.addEventListener('abort', abandon, { once: true });
  });
}

/** How the pool opens its connections. undici's own connector measures time in steps of half a second. */
export function connector(timeoutMs: number, timer: Timer): buildConnector.connector {
  return ({ hostname, port }, callback) => {
    openSocket(hostname, Number(port), timeoutMs, timer, (error, socket) => {
      if (error !== null) return callback(error, null);
      resetWhenAborted(socket);
      return callback(null, socket);
    });
  };
}

/**
 * A request that is given up must not arrive later: an ordinary close leaves it in the kernel's buffer, which is
 * sent when the network heals. A reset drops it.
 */
function resetWhenAborted(socket: Socket): void {
  const destroy = socket.destroy.bind(socket);
  socket.destroy = (error) => {
    if (error?.message !== UNDICI_ABORT_TEXT) return destroy(error);
    socket.destroy = destroy; // what resetAndDestroy calls
    return socket.resetAndDestroy();
  };
}

/** What undici destroys a connection with when its request is aborted. */
const UNDICI_ABORT_TEXT = 'aborted';
