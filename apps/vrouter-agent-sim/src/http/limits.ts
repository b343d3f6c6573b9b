import { z } from 'zod';

const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback);

/** What one client may take. Milliseconds and bytes, as the names say. */
export const Limits = z.strictObject({
  bodyBytesMax: count(1024 * 1024).describe('Body of a request; more is answered 413.'),
  headerBytesMax: count(16 * 1024).describe('Request line and headers; more is answered 431.'),
  connectionsMax: count(1000).describe('Open connections per listener; more are closed at once.'),
  requestMsMax: count(10_000).describe('From the first byte of a request to its last; more is answered 408.'),
  keepAliveMs: count(75_000).describe('After this time without a request a connection is closed.'),
  stopMsMax: count(5_000).describe('Time for requests in progress when the agent stops.'),
  queueLengthMax: count(10_000).describe('Requests that wait to be saved; more are answered 503.'),
});
export type Limits = z.infer<typeof Limits>;
