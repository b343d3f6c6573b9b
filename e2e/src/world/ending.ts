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
