import type { Port } from '@vrouter/port-model';
import { samplePort } from '@vrouter/testkit';
import type { ProfileName } from '../profiles/names.ts';

/** The profiles that are the real agent. */
export const REAL_PROFILES = ['r3.1', 'r4.1', 'tf'] as const satisfies readonly ProfileName[];
export type RealProfile = (typeof REAL_PROFILES)[number];

/** What a client posts for `port`, with `changes`; `undefined` leaves a member out. */
export function bodyOf(port: Port, changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ ...port, ...changes });
}

/** A body that every release takes. */
export function sampleBody(number = 1, changes: Readonly<Record<string, unknown>> = {}): string {
  return bodyOf(samplePort(number), changes);
}
