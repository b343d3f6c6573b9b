import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ANSWER_MS_MAX = 300_000;

/** A process that is asked one thing at a time. */
export class Child<Question extends string | object, Answer> {
  readonly #process: ChildProcess;
  /** Resolves with its exit code. */
  readonly ended: Promise<unknown>;

  constructor(file: string, args: readonly string[] = []) {
    this.#process = fork(join(import.meta.dirname, file), args);
    this.ended = once(this.#process, 'exit').then(([code]) => code as unknown);
  }

  /** The next thing it says; rejects when it ends or says nothing for too long. */
  async answer(): Promise<Answer> {
    const given = once(this.#process, 'message', { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    const failed = this.ended.then((code): never => {
      throw new Error(`a process of the benchmark ended with ${String(code)}`);
    });
    failed.catch(() => undefined); // it ends some time
    const [message] = (await Promise.race([given, failed])) as [Answer];
    return message;
  }

  async ask(question: Question): Promise<Answer> {
    const answer = this.answer();
    this.#process.send(question);
    return answer;
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }
}
