import { z } from 'zod';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

const PORT_MAX = 65_535;

/** `HOST:PORT`, port 0 allowed; IPv6 hosts in brackets. */
export const ListenAddress = z.string().transform((text, context): ListenAddress => {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+)):(\d+)$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  if (host !== undefined && port <= PORT_MAX) return { host, port };
  const expected = host === undefined ? 'HOST:PORT such as 127.0.0.1:9091' : `a port from 0 to ${PORT_MAX}`;
  context.addIssue({ code: 'custom', message: `expected ${expected}, got ${JSON.stringify(text)}` });
  return z.NEVER;
});

/** The URL of a server that listens on `address`. */
export function urlOf(
  address: { readonly address: string; readonly port: number; readonly family?: string },
  scheme: 'http' | 'https' = 'http',
): string {
  const host = address.address.includes(':') ? `[${address.address}]` : address.address;
  return `${scheme}://${host}:${address.port}`;
}
