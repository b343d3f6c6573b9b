import { isIPv4 } from 'node:net';

/** The address as a number, or undefined. */
export function parseIpv4(text: unknown): number | undefined {
  if (typeof text !== 'string' || !isIPv4(text)) return undefined;
  return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** First and last address of a prefix; bits behind its length do not count. */
export function prefixRange(address: number, length: number): { first: number; last: number } {
  const size = 2 ** (32 - length);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}
