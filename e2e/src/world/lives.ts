import type { Exit, ManagedProcess } from '@vrouter/testkit';
import { endProcess, type Ending } from './ending.ts';

/** A program that runs, ends and runs again: one process at a time, and what all of them logged. */
export class Lives {
  readonly name: string;
  readonly #logs: string[] = [];
  #process: ManagedProcess<unknown> | undefined;
  #isOver = false;

  constructor(name: string) {
    this.name = name;
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** How the present process ends, once it does so by itself. */
  get exited(): Promise<Exit> {
    return this.#present().exited;
  }

  /** Takes over a process that has just started. */
  async begin(process: ManagedProcess<unknown>): Promise<void> {
    if (this.#process === undefined && !this.#isOver) {
      this.#process = process;
      return;
    }
    await process.kill();
    throw new Error(`${this.name} ${this.#isOver ? 'was to live no more' : 'was running already'}`);
  }

  async end(how: Ending): Promise<void> {
    const process = this.#present();
    this.#forget(process);
    await endProcess(process, how);
  }

  /** SIGKILL, if it runs at all. */
  async kill(): Promise<void> {
    const process = this.#process;
    if (process === undefined) return;
    this.#forget(process);
    await process.kill();
  }

  /** SIGKILL for good: one that is just starting dies too. */
  async dispose(): Promise<void> {
    this.#isOver = true;
    await this.kill();
  }

  log(): string {
    return [...this.#logs, this.#process?.stderr() ?? ''].join('');
  }

  #present(): ManagedProcess<unknown> {
    if (this.#process === undefined) throw new Error(`${this.name} is not running`);
    return this.#process;
  }

  /** Before it has ended: whoever looks meanwhile must not ask a dying process. */
  #forget(process: ManagedProcess<unknown>): void {
    this.#process = undefined;
    this.#logs.push(process.stderr());
  }
}
