import { addressOf, type ClientTls } from '../wire/address.ts';
import { Connection, type Limits } from '../wire/connection.ts';
import type { Response } from '../wire/message.ts';
import { bytesOf } from '../wire/request.ts';
import type { Recorder } from './recorder.ts';

/** Another listener of the agent, beside its REST API. */
export interface Listener {
  /** What stands before the paths. */
  readonly url: string;
  /** What it is, for the reports. */
  readonly kind: string;
  readonly tls?: ClientTls | undefined;
  readonly limits: Limits;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: string | undefined;
}

/** Asks on a connection of its own. Throws UNREACHABLE, WIRE_TIMEOUT, WIRE_CLOSED or WIRE_MALFORMED. */
export async function askListener(
  { url, kind, tls, limits }: Listener,
  { method, path, body }: Asked,
  recorder: Recorder,
): Promise<Response> {
  const came = recorder.sent(`${method} ${path} (${kind})\n${body ?? ''}`.trimEnd());
  const address = addressOf(url, tls);
  const prefix = new URL(url).pathname.replace(/\/$/, '');
  const connection = await Connection.open(address, limits);
  try {
    connection.write(bytesOf({ method, path: `${prefix}${path}`, body }, address.host));
    const response = await connection.read();
    came(response.body.toString());
    return response;
  } finally {
    connection.close();
  }
}
