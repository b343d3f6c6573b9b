import type { Clock } from '@vrouter/service-kit';

/** Resolves after `ms` of `clock`, or when `signal` is aborted. Without `ms` only then. */
export function wait(clock: Clock, ms: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    let cancel: () => void = () => undefined;
    const onAbort = (): void => {
      cancel();
      resolve();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (ms === undefined) return;
    cancel = clock.schedule(ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}
