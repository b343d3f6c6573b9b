import { z } from 'zod';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `HOST:PORT`, port 0 allowed; IPv6 hosts in brackets. */
export const ListenAddress = z.string().transform((text, context): ListenAddress => {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  if (host !== undefined && port <= 65535) return { host, port };
  context.addIssue({
    code: 'custom',
    message: `expected HOST:PORT such as 127.0.0.1:9091, got ${JSON.stringify(text)}`,
  });
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
