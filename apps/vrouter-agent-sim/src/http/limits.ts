import { numberSetting } from '@vrouter/service-kit';
import { z } from 'zod';

const MIB = 1024 * 1024;
const HOUR_MS = 3_600_000;

const bytes = (max: number) => numberSetting('bytes', { min: 1, max, whole: true });
const count = (max: number) => numberSetting('things', { min: 1, max, whole: true });
const milliseconds = numberSetting('milliseconds', { min: 1, max: HOUR_MS, whole: true });

/** What one client may take, and all together. Milliseconds and bytes, as the names say. */
export const Limits = z.strictObject({
  bodyBytesMax: bytes(64 * MIB)
    .default(MIB)
    .describe('Body of a request; more is answered 413.'),
  headerBytesMax: bytes(MIB)
    .default(16 * 1024)
    .describe('Request line and headers; more is answered 431.'),
  connectionsMax: count(100_000)
    .default(1000)
    .describe('Open connections per listener; more are closed at once.'),
  requestMsMax: milliseconds.default(10_000).describe('For a request to arrive; more is answered 408.'),
  answerMsMax: milliseconds
    .default(60_000)
    .describe('For a client that takes nothing of its answer; then the connection is cut.'),
  keepAliveMs: milliseconds
    .default(75_000)
    .describe('A connection without a request is closed after this time.'),
  stopMsMax: milliseconds.default(5_000).describe('For requests in progress when the agent stops.'),
  queueLengthMax: count(1_000_000)
    .default(10_000)
    .describe('Requests that wait to be saved; more are answered 503.'),
});
export type Limits = z.infer<typeof Limits>;
