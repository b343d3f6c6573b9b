import type { NoAnswer } from '@vrouter/config-api-client';

/** Why the config API did not do what it was asked, in words. */
export function reasonOf(failure: NoAnswer): string {
  return failure.kind === 'unavailable' ? failure.reason : failure.message;
}
