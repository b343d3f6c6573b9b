import { ConformanceError } from '../errors.ts';

/** What a client of TLS needs besides what Node knows; all PEM text. */
export interface ClientTls {
  /** The only authority to trust. */
  readonly ca?: string;
  /** Shown to servers that ask for one. */
  readonly cert?: string;
  readonly key?: string;
}

export interface Address {
  readonly host: string;
  readonly port: number;
  /** undefined: plain TCP. */
  readonly tls?: ClientTls | undefined;
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Where `url` leads to; its path is not looked at. Throws USAGE. */
export function addressOf(url: string, tls: ClientTls = {}): Address {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const port = PORTS[parsed?.protocol ?? ''];
  if (parsed === undefined || port === undefined) {
    throw new ConformanceError(
      'USAGE',
      `expected a URL like http://127.0.0.1:9091, got ${JSON.stringify(url)}`,
    );
  }
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: Number(parsed.port || port),
    tls: parsed.protocol === 'https:' ? tls : undefined,
  };
}
