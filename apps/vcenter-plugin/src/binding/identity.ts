import { createHash } from 'node:crypto';
import { v3 } from 'uuid';
import { remembered } from '../remember.ts';

/**
 * The id of the port of the adapter with `mac` (lower case): UUIDv3 of the MAC in the DNS namespace, as the
 * original's successor makes it. Deterministic, so that a restart, or another plugin, finds the same port.
 */
export const portIdOf = remembered((mac) => v3(mac, v3.DNS));

/** The id of a network: MD5 of its key with version 3 stamped on, no namespace (Java's nameUUIDFromBytes). */
export const networkIdOf = remembered((key) => {
  const hash = createHash('md5').update(key, 'utf8').digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x30, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
});
