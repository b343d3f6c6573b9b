import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestkitError } from '../errors.ts';
import { OutputTail } from './output-tail.ts';

/** Longer than our processes allow themselves to stop. */
const STOP_MS_MAX = 30_000;
const KILL_MS_MAX = 20_000;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child process with its output held (bounded). `R`: what its ready file says, undefined without one. */
export interface ManagedProcess<R = undefined> {
  readonly name: string;
  readonly pid: number;
  readonly ready: R;
  /** The end of what it wrote. */
  stderr(): string;
  stdout(): string;
  readonly exited: Promise<Exit>;
  /** SIGTERM, then waits. One that stays is killed, and that is an error: PROCESS_DID_NOT_STOP. */
  stop(): Promise<Exit>;
  /** SIGKILL, then waits. */
  kill(): Promise<Exit>;
  /** SIGSTOP: it keeps its connections and answers nothing. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
  /** Any signal, without waiting. */
  signal(name: NodeJS.Signals): void;
  /** The first line of its output, already written or still to come, that `predicate` accepts. */
  waitForLog(predicate: (line: string) => boolean, what: string, timeoutMs?: number): Promise<string>;
}

/** Takes over a child that has been spawned with piped output. */
export function manage(name: string, child: ChildProcess, pid: number): ManagedProcess {
  const stdout = new OutputTail();
  const stderr = new OutputTail();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => stdout.append(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => stderr.append(text));
  // 'close', not 'exit': only then all its output has arrived.
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });

  const kill = async (): Promise<Exit> => {
    child.kill('SIGKILL');
    const exit = await within(exited, KILL_MS_MAX);
    if (exit === undefined) {
      throw new TestkitError('PROCESS_DID_NOT_STOP', `${name} (pid ${pid}) is still there after SIGKILL`);
    }
    return exit;
  };

  return {
    name,
    pid,
    ready: undefined,
    stderr: () => stderr.text(),
    stdout: () => stdout.text(),
    exited,
    kill,
    async stop() {
      child.kill('SIGTERM');
      child.kill('SIGCONT'); // a paused process would never see it
      const exit = await within(exited, STOP_MS_MAX);
      if (exit !== undefined) return exit;
      await kill();
      throw new TestkitError(
        'PROCESS_DID_NOT_STOP',
        `${name} (pid ${pid}) did not stop within ${STOP_MS_MAX} ms; its last words:\n${stderr.text()}`,
      );
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    signal: (signal) => void child.kill(signal),
    waitForLog: (predicate, what, timeoutMs = 30_000) =>
      waitForLine(name, [stderr, stdout], exited, predicate, what, timeoutMs),
  };
}

async function waitForLine(
  name: string,
  tails: readonly OutputTail[],
  exited: Promise<Exit>,
  predicate: (line: string) => boolean,
  what: string,
  timeoutMs: number,
): Promise<string> {
  const before = tails.flatMap((tail) => tail.lines()).find(predicate);
  if (before !== undefined) return before;
  const { promise, resolve } = Promise.withResolvers<string>();
  const stops = tails.map((tail) => tail.onLine((line) => predicate(line) && resolve(line)));
  try {
    const line = await within(Promise.race([promise, exited]), timeoutMs);
    if (typeof line === 'string') return line;
    const why = line === undefined ? `within ${timeoutMs} ms` : 'before it exited';
    const code = line === undefined ? 'WAIT_TIMED_OUT' : 'PROCESS_EXITED_EARLY';
    throw new TestkitError(code, `${name} did not log ${what} ${why}; its last words:\n${tails[0]?.text()}`);
  } finally {
    for (const stop of stops) stop();
  }
}

/** The value of `promise`, or undefined when it takes longer than `limitMs`. */
async function within<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
  const done = new AbortController();
  const limit = sleep(limitMs, undefined, { signal: done.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, limit]);
  } finally {
    done.abort();
  }
}
