import { spawn } from 'node:child_process';
import { once } from 'node:events';

const RESTART_MS_MAX = 120_000;

/** Runs `command` in a shell and waits for its end. Throws when it fails or takes longer than two minutes. */
export async function runRestartCommand(command: string): Promise<void> {
  // Its output belongs to whoever reads ours; a daemon that it leaves behind must not hold our pipes.
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: RESTART_MS_MAX,
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (code !== 0) throw new Error(`the restart command ended with ${signal ?? `code ${code}`}: ${command}`);
}
