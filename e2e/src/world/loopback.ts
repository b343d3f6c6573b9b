let taken = 0;

/**
 * A loopback address of its own for each process that must come back under the same port: while it is down, nobody
 * else can take that port. Only Linux answers on all of 127.0.0.0/8.
 */
export function loopbackAddress(): string {
  if (process.platform !== 'linux') return '127.0.0.1';
  const number = (1 + (process.pid % 16_000)) * 1024 + (taken++ % 1024);
  return `127.${number >>> 16}.${(number >>> 8) & 0xff}.${number & 0xff}`;
}
