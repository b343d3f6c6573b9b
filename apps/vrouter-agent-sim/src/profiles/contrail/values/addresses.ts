import { isIPv4, isIPv6 } from 'node:net';
import { NO_IPV4, NO_IPV6 } from '@vrouter/port-model';

/** The IPv4 address that `text` is, or undefined: dotted decimal, without leading zeros or blanks. */
export function parseIpv4(text: string): string | undefined {
  return isIPv4(text) ? text : undefined;
}

/** The IPv6 address that `text` is, as the system prints it, or undefined. */
export function parseIpv6(text: string): string | undefined {
  if (!isIPv6(text) || text.includes('%')) return undefined;
  return withDottedEnd(new URL(`http://[${text}]/`).hostname.slice(1, -1));
}

/** Like `parseIpv4`, with the address that means none for all else. */
export function readIpv4(text: string): string {
  return parseIpv4(text) ?? NO_IPV4;
}

/** Like `parseIpv6`, with the address that means none for all else. */
export function readIpv6(text: string): string {
  return parseIpv6(text) ?? NO_IPV6;
}

/** Addresses that embed an IPv4 one end in it: `::ffff:a00:1` is printed `::ffff:10.0.0.1`. */
function withDottedEnd(address: string): string {
  const match = /^(::(?:ffff:)?)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  if (match === null) return address;
  const [, prefix = '', high = '', low = ''] = match;
  const bytes = [high, low].flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
  return `${prefix}${bytes.join('.')}`;
}
