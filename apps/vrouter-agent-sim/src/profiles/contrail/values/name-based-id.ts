import { createHash } from 'node:crypto';

/** The UUID of version 3 (RFC 9562) of `name` in the namespace that is the UUID `namespace`. */
export function nameBasedId(namespace: string, name: string): string {
  const hash = createHash('md5')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash.writeUInt8(((hash[6] ?? 0) & 0x0f) | 0x30, 6);
  hash.writeUInt8(((hash[8] ?? 0) & 0x3f) | 0x80, 8);
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
