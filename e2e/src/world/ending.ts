import { setTimeout as sleep } from 'node:timers/promises';
import type { ManagedProcess } from '@vrouter/testkit';

/** How a process ends: asked to (SIGTERM), or not (SIGKILL). */
export type Ending = 'stop' | 'crash';

/** Ends `process`; one that was asked to stop must say that all is well. */
export async function endProcess(process: ManagedProcess<unknown>, how: Ending): Promise<void> {
  if (how === 'crash') {
    await process.kill();
    return;
  }
  const { code, signal } = await process.stop();
  if (code === 0) return;
  throw new Error(
    `${process.name} was asked to stop: expected exit code 0, got ${signal ?? code}; its last words:\n${process.stderr()}`,
  );
}

/** How a process ended that would not start. */
export interface Refusal {
  readonly code: number | null;
  /** What it had to say. */
  readonly stderr: string;
}

const REFUSAL_MS_MAX = 60_000;

/** Waits until `process` has refused to start; one that runs instead is killed, and an error. */
export async function refusalOf(process: ManagedProcess<unknown>): Promise<Refusal> {
  const done = new AbortController();
  const limit = sleep(REFUSAL_MS_MAX, undefined, { signal: done.signal }).catch(() => undefined);
  const exit = await Promise.race([process.exited, limit]);
  done.abort();
  if (exit !== undefined) return { code: exit.code, stderr: process.stderr() };
  await process.kill();
  throw new Error(`${process.name} should have refused to start; its words:\n${process.stderr()}`);
}
