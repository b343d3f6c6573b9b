import { setTimeout as sleep } from 'node:timers/promises';
import { Mismatch } from '../errors.ts';

const EVERY_MS = 20;

/** Asks again and again until `check` passes, and passes on its last `Mismatch` when that takes too long. */
export async function waitUntil<T>(check: () => T | Promise<T>, timeoutMs: number): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof Mismatch) || performance.now() >= endMs) throw error;
    }
    await sleep(EVERY_MS);
  }
}
