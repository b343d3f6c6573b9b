import { spawn } from 'node:child_process';

/**
 * Kills the process group of `pid` when this process ends, however that happens: a signal or a crash runs no exit
 * handler, but the kernel always closes the pipe that the watch reads from. Returns how to call the watch off.
 */
export function killWhenWeDie(pid: number): () => void {
  const watch = spawn('/bin/sh', ['-c', 'read -r _ || kill -s KILL -- "-$0"', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.unref();
  watch.on('error', () => undefined);
  watch.stdin.on('error', () => undefined);
  return () => watch.stdin.end('stay calm\n');
}
