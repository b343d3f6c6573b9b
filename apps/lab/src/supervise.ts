import { setTimeout as sleep } from 'node:timers/promises';
import { aborted } from './stop-signal.ts';

/** Something that runs, ends, and can be started again. */
export interface Supervised {
  readonly name: string;
  readonly pid: number;
  start(): Promise<void>;
  exited(): Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

export interface SuperviseOptions {
  readonly say: (line: string) => void;
  /** Aborted: nothing is started any more. */
  readonly signal: AbortSignal;
  /** From an end to the next start: time to see what its absence does. */
  readonly pauseMs: number;
}

/** Starts `program` again whenever it ends, until `signal` says stop. */
export async function supervise(program: Supervised, options: SuperviseOptions): Promise<void> {
  const { say, signal, pauseMs } = options;
  const stopped = aborted(signal);
  for (;;) {
    const exit = await Promise.race([stopped, program.exited()]);
    if (exit === undefined || signal.aborted) return;
    const how = exit.signal ?? `exit code ${exit.code}`;
    say(`${program.name} (pid ${program.pid}) ended: ${how}. It starts again in ${pauseMs / 1000} s.`);
    while (!(await isBack(program, options))) if (signal.aborted) return;
  }
}

async function isBack(program: Supervised, { say, signal, pauseMs }: SuperviseOptions): Promise<boolean> {
  await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return false;
  try {
    await program.start();
    say(`${program.name} is back: pid ${program.pid}.`);
    return true;
  } catch (error) {
    say(`${program.name} did not start; next try in ${pauseMs / 1000} s. ${(error as Error).message}`);
    return false;
  }
}
