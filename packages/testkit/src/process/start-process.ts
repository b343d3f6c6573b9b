import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { TestkitError } from '../errors.ts';
import { waitFor } from '../wait-for.ts';
import { killWhenWeDie } from './death-watch.ts';
import { manage, type Exit, type ManagedProcess } from './managed-process.ts';
import { readReadyFile, type ReadyInfo } from './ready-file.ts';

const READY_MS_MAX = 60_000;

export interface StartOptions {
  /** How errors call it. */
  readonly name: string;
  /** A JavaScript or TypeScript file, run by this Node. */
  readonly file?: string;
  /** Instead of `file`: a program of whatever kind. */
  readonly command?: string;
  readonly args?: readonly string[];
  /** Added to our own environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Where the process announces itself; one from an earlier life is removed first. */
  readonly readyFile?: string;
  readonly readyTimeoutMs?: number;
}

/**
 * Starts a process and, when it has a ready file, waits for that. Fails early, with its last words, when it exits
 * before. The process ends with the one that runs the test, however that ends.
 */
export function startProcess(
  options: StartOptions & { readonly readyFile: string },
): Promise<ManagedProcess<ReadyInfo>>;
export function startProcess(options: StartOptions): Promise<ManagedProcess>;
export async function startProcess(options: StartOptions): Promise<ManagedProcess<ReadyInfo | undefined>> {
  const { name, readyFile, readyTimeoutMs = READY_MS_MAX } = options;
  if (readyFile !== undefined) rmSync(readyFile, { force: true });
  const child = launch(options);
  const pid = await started(name, child);
  const callOff = killWhenWeDie(pid);
  child.once('exit', callOff);
  const managed = manage(name, child, pid);
  if (readyFile === undefined) return managed;
  try {
    return { ...managed, ready: await becomeReady(managed, readyFile, readyTimeoutMs) };
  } catch (error) {
    await managed.kill();
    throw error;
  }
}

function launch({ file, command, args = [], env, cwd }: StartOptions): ChildProcess {
  if ((file === undefined) === (command === undefined)) {
    throw new TestkitError('BAD_ARGUMENT', 'startProcess: expected either file or command');
  }
  return spawn(command ?? process.execPath, file === undefined ? args : [file, ...args], {
    env: { ...process.env, ...env },
    ...(cwd !== undefined && { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group: a Ctrl-C meant for the test does not race with the test's own clean-up.
    detached: true,
  });
}

function started(name: string, child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid ?? 0));
    child.once('error', (cause) =>
      reject(
        new TestkitError('PROCESS_NOT_STARTED', `${name} cannot be started: ${cause.message}`, { cause }),
      ),
    );
  });
}

async function becomeReady(managed: ManagedProcess, file: string, timeoutMs: number): Promise<ReadyInfo> {
  let exit: Exit | undefined;
  void managed.exited.then((given) => (exit = given));
  const lastWords = (): string => `its last words:\n${managed.stderr()}`;
  const result = await waitFor(() => readReadyFile(file) ?? exit, {
    what: `${managed.name} to write ${file}`,
    timeoutMs,
  }).catch((cause: unknown) => {
    throw new TestkitError(
      'PROCESS_NOT_READY',
      `${managed.name} was not ready within ${timeoutMs} ms; ${lastWords()}`,
      { cause },
    );
  });
  if ('url' in result) return result;
  throw new TestkitError(
    'PROCESS_EXITED_EARLY',
    `${managed.name} ended with ${result.signal ?? `code ${result.code}`} before it was ready; ${lastWords()}`,
  );
}
