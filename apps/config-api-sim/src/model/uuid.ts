const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The one form that the server takes: lower case, with hyphens. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

/** The halves of a uuid, as unsigned numbers of 64 bits: more than a JavaScript number holds. */
export function uuidHalves(uuid: string): { high: bigint; low: bigint } {
  const digits = uuid.replaceAll('-', '');
  return { high: BigInt(`0x${digits.slice(0, 16)}`), low: BigInt(`0x${digits.slice(16)}`) };
}
