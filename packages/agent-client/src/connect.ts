import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import type { AgentAddress } from './agent-url.ts';
import type { Timer } from './timer.ts';
import type { TlsSettings } from './tls.ts';

/** Finds a peer that vanished from an idle connection without a word. */
const KEEP_ALIVE_MS = 10_000;

/** How connections to one agent are opened. */
export interface Connecting {
  readonly address: Pick<AgentAddress, 'host' | 'port'>;
  /** undefined: plain TCP. */
  readonly tls: TlsSettings | undefined;
  /** For the whole of it, the handshake of TLS included. */
  readonly timeoutMs: number;
  readonly timer: Timer;
}

/** Opens a connection. Tells once: an error, or the open socket. Returns the TCP connection below. */
function openSocket(
  { address: { host, port }, tls, timeoutMs, timer }: Connecting,
  told: (error: Error | null, socket: Socket) => void,
): Socket {
  const tcp = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  const cancel = timer.schedule(timeoutMs, () => {
    tcp.destroy(new Error(`Connecting to ${host}:${port} took longer than ${timeoutMs} ms`));
  });
  let isTold = false;
  const tell = (error: Error | null, socket = tcp): void => {
    cancel();
    if (isTold) return;
    isTold = true;
    told(error, socket);
  };
  tcp.on('error', tell);
  tcp.once('connect', () => {
    if (tls === undefined) return tell(null);
    const secure = connectTls({ socket: tcp, host, ...(isIP(host) === 0 && { servername: host }), ...tls });
    secure.on('error', (error) => tell(withoutTrust(error, `${host}:${port}`), secure));
    secure.once('secureConnect', () => tell(null, secure));
    return undefined;
  });
  return tcp;
}

/** Does anything accept connections there? Opens one and closes it. */
export function probe(connecting: Connecting, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = openSocket(connecting, (error, open) => {
      signal?.removeEventListener('abort', abandon);
      open.destroy();
      resolve(error === null);
    });
    const abandon = (): void => void socket.destroy(new Error('The probe was called off'));
    if (signal?.aborted === true) abandon();
    else signal?.addEventListener('abort', abandon, { once: true });
  });
}

/** How the pool opens its connections. undici's own connector measures time in steps of half a second. */
export function connector(connecting: Connecting): buildConnector.connector {
  return (_options, callback) => {
    const tcp = openSocket(connecting, (error, socket) => {
      if (error !== null) return callback(error, null);
      resetWhenAborted(socket, tcp);
      return callback(null, socket);
    });
  };
}

/**
 * A request that is given up must not arrive later: an ordinary close leaves it in the kernel's buffer, which is
 * sent when the network heals. A reset of the TCP connection drops it.
 */
function resetWhenAborted(socket: Socket, tcp: Socket): void {
  const destroy = socket.destroy.bind(socket);
  socket.destroy = (error) => {
    if (error?.message !== UNDICI_ABORT_TEXT) return destroy(error);
    socket.destroy = destroy; // what resetAndDestroy calls
    tcp.resetAndDestroy();
    return socket === tcp ? socket : destroy(error);
  };
}

/** What undici destroys a connection with when its request is aborted. */
const UNDICI_ABORT_TEXT = 'aborted';

/** OpenSSL's own messages name its source files; what went wrong is beside them. */
function withoutTrust(error: Error & { code?: string; reason?: string }, address: string): Error {
  const { code, reason = error.message } = error;
  const text = `No TLS connection to ${address}: ${reason}`;
  return Object.assign(new Error(text, { cause: error }), code !== undefined && { code });
}
