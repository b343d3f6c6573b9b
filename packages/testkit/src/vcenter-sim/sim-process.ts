import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { VcenterSimError } from './errors.ts';

const START_TIME_MS_MAX = 60_000;
const STOP_TIME_MS_MAX = 20_000;
const WORDS_CHARS_MAX = 8_000;

/** What the simulator says when it listens; `url` is empty while clients are held out. */
export interface Listening {
  readonly url: string;
  readonly operator: string;
  readonly pid: number;
}

/** One life of the simulator. Its standard input is a pipe from here, so it never outlives the test process. */
export class SimProcess {
  readonly listening: Listening;
  /** The end of its log. */
  readonly words: () => string;
  /** Resolves with its last words when it ends, for whatever reason. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;

  static async start(program: string, args: readonly string[], temporary: string): Promise<SimProcess> {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: temporary },
    });
    const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const words = lastWords(child.stderr);
    child.stdin.on('error', () => undefined);
    const signal = AbortSignal.timeout(START_TIME_MS_MAX);
    try {
      const lines = createInterface({ input: child.stdout });
      const ended = exited.then((): never => {
        throw new VcenterSimError('NOT_STARTED', words());
      });
      const failed = once(child, 'error', { signal }).then(([error]): never => {
        throw error;
      });
      ended.catch(() => undefined);
      failed.catch(() => undefined);
      const [line] = (await Promise.race([once(lines, 'line', { signal }), ended, failed])) as [string];
      return new SimProcess(child, exited, words, JSON.parse(line) as Listening);
    } catch (error) {
      child.kill('SIGKILL');
      if (error instanceof VcenterSimError) throw error;
      throw new VcenterSimError('NOT_STARTED', `${String(error)} ${words()}`, { cause: error });
    }
  }

  private constructor(child: ChildProcess, exited: Promise<void>, words: () => string, listening: Listening) {
    this.#child = child;
    this.words = words;
    this.ended = exited.then(words);
    this.listening = listening;
  }

  /** Closes its standard input and waits; one that hangs is killed. */
  async stop(): Promise<void> {
    this.#child.kill('SIGCONT');
    this.#child.stdin?.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIME_MS_MAX);
    await this.ended;
    clearTimeout(timer);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  pause(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }
}

function lastWords(stream: Readable): () => string {
  let words = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-WORDS_CHARS_MAX);
  });
  return () => words;
}
