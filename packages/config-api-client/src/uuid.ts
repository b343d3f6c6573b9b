import { ConfigApiClientError } from './errors.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `uuid`, fit for a path. Throws BAD_UUID. */
export function checkUuid(uuid: string): string {
  if (UUID.test(uuid)) return uuid;
  throw new ConfigApiClientError('BAD_UUID', `Expected a uuid, got ${JSON.stringify(uuid)}`);
}
