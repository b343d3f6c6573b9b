/** An IPv4 address as a number, so that ranges and subnets are arithmetic. */
export function ipv4Number(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function ipv4Text(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** Is the address in the subnet of that length around `prefix`? */
export function isInSubnet(address: string, prefix: string, length: number): boolean {
  const size = 2 ** (32 - length);
  return Math.floor(ipv4Number(address) / size) === Math.floor(ipv4Number(prefix) / size);
}
