import { AgentClientError } from './errors.ts';

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

export interface AgentAddress {
  /** `http://HOST:PORT` or `https://HOST:PORT`. */
  readonly origin: string;
  readonly isTls: boolean;
  /** Name or address, without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
}

/** Where the agent at `url` listens. Throws BAD_URL for anything but the root of an HTTP server. */
export function parseAgentUrl(url: string): AgentAddress {
  const parsed = URL.parse(url);
  const usualPort = PORTS[parsed?.protocol ?? ''];
  const isRoot = parsed?.href === `${parsed?.origin}/` && !/[?#]$/.test(url);
  if (parsed === null || usualPort === undefined || !isRoot) {
    throw new AgentClientError('BAD_URL', `Expected the URL of an agent, got ${JSON.stringify(url)}`);
  }
  return {
    origin: parsed.origin,
    isTls: parsed.protocol === 'https:',
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: parsed.port === '' ? usualPort : Number(parsed.port),
  };
}
