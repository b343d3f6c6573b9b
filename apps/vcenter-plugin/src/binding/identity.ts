import { createHash } from 'node:crypto';
import { v3 } from 'uuid';

const REMEMBERED_MAX = 200_000;
const portIds = new Map<string, string>();

/**
 * The id of the port of the adapter with `mac` (lower case): UUIDv3 of the MAC in the DNS namespace, as the
 * original's successor makes it. Deterministic, so that a restart, or another plugin, finds the same port.
 */
export function portIdOf(mac: string): string {
  const known = portIds.get(mac);
  if (known !== undefined) return known;
  const id = v3(mac, v3.DNS);
  if (portIds.size >= REMEMBERED_MAX) portIds.clear();
  portIds.set(mac, id);
  return id;
}

/** The id of a network: MD5 of its key with version 3 stamped on, no namespace (Java's nameUUIDFromBytes). */
export function networkIdOf(key: string): string {
  const hash = createHash('md5').update(key, 'utf8').digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x30, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
