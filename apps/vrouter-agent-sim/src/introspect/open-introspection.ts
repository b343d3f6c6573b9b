import { StartError, type ListenAddress, type Listener, type Logger } from '@vrouter/service-kit';
import type { Config } from '../config.ts';

const HOST = '127.0.0.1';
/** The real agent's. */
const PORT = 8085;

/**
 * Opens the page where `introspectListen` says, or else where the real agent has it. That one may be another agent's
 * already, and nobody asked for it: then this agent serves without, and the log tells. Throws `StartError` when an
 * address that was asked for cannot be had.
 */
export async function openIntrospection(
  { introspectListen: asked, listen }: Pick<Config, 'introspectListen' | 'listen'>,
  log: Pick<Logger, 'warn'>,
  open: (address: ListenAddress) => Promise<Listener>,
): Promise<Listener | undefined> {
  if (asked === 'none') return undefined;
  if (asked !== undefined) return open(asked);
  try {
    // Who lets the REST API take any free port wants no fixed one here either.
    return await open({ host: HOST, port: listen.port === 0 ? 0 : PORT });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    log.warn(`${error.message}. No introspection, then; --introspect-listen says where else, or none`);
    return undefined;
  }
}
