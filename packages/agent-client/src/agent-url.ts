import { AgentClientError } from './errors.ts';

export interface AgentAddress {
  /** `http://HOST:PORT`. */
  readonly origin: string;
  /** Name or address, without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
}

/** Where the agent at `url` listens. Throws BAD_URL for anything but the root of an HTTP server. */
export function parseAgentUrl(url: string): AgentAddress {
  const parsed = URL.parse(url);
  const isRoot = parsed?.protocol === 'http:' && parsed.href === `${parsed.origin}/` && !/[?#]$/.test(url);
  if (parsed === null || !isRoot) {
    throw new AgentClientError('BAD_URL', `Expected the URL of an agent, got ${JSON.stringify(url)}`);
  }
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  return { origin: parsed.origin, host, port: Number(parsed.port === '' ? 80 : parsed.port) };
}
