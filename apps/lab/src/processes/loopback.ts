/**
 * Address for the agent with `number` (1 to 254): its own, as each ESXi host has its own, so that nobody takes its
 * ports while it is down. Only Linux answers on all of 127.0.0.0/8.
 */
export function loopbackAddress(
  number: number,
  { platform, pid }: Pick<NodeJS.Process, 'platform' | 'pid'> = process,
): string {
  if (platform !== 'linux') return '127.0.0.1';
  const lab = 256 + (pid % 0xff_00);
  return `127.${lab >> 8}.${lab & 0xff}.${number}`;
}
