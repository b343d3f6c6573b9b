import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '@vrouter/service-kit';
import { startProcess, type Exit, type ManagedProcess, type ReadyInfo } from '@vrouter/testkit';

export interface ProgramOptions {
  readonly name: string;
  /** The program's TypeScript file. */
  readonly main: string;
  /** Where its pid and its ready file are. */
  readonly runDir: string;
}

/** One of the lab's programs, which ends and starts again many times. */
export class Program {
  readonly name: string;
  /** Holds the pid while the program runs: commands that the lab prints stay right after a restart. */
  readonly pidFile: string;
  readonly #options: ProgramOptions;
  readonly #readyFile: string;
  #starting: Promise<ManagedProcess<ReadyInfo>> | undefined;
  #latest: ManagedProcess<ReadyInfo> | undefined;
  #isOver = false;

  constructor(options: ProgramOptions) {
    this.name = options.name;
    this.pidFile = join(options.runDir, `${options.name}.pid`);
    this.#readyFile = join(options.runDir, `${options.name}.ready.json`);
    this.#options = options;
    makeFolders(options.runDir);
  }

  /** What it said of itself in its latest life. */
  get latest(): ReadyInfo | undefined {
    return this.#latest?.ready;
  }

  /** Returns when it is ready. Throws with its last words when it ends before. */
  async start(args: readonly string[]): Promise<void> {
    if (this.#isOver) throw new Error(`${this.name}: the lab is closing`);
    this.#starting = startProcess({
      name: this.name,
      file: this.#options.main,
      args: [...args, '--ready-file', this.#readyFile],
      readyFile: this.#readyFile,
    });
    this.#latest = await this.#starting;
    const { pid, exited } = this.#latest;
    writeFileSync(this.pidFile, `${pid}\n`);
    void exited.then(() => rmSync(this.pidFile, { force: true }));
  }

  /** How its latest life ends, whoever ends it. */
  exited(): Promise<Exit> {
    return this.#started().exited;
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    await this.#started().kill();
  }

  /** SIGTERM; an error unless it ends with 0. */
  async stop(): Promise<void> {
    const process = this.#started();
    const { code, signal } = await process.stop();
    if (code === 0) return;
    const words = process.stderr();
    throw new Error(`${this.name}: expected exit code 0 when asked to stop, got ${code ?? signal}\n${words}`);
  }

  /** Stops it for good, however it is; one that is only just starting too. */
  async close(): Promise<void> {
    this.#isOver = true;
    const process = await this.#starting?.catch(() => undefined);
    await process?.stop();
  }

  #started(): ManagedProcess<ReadyInfo> {
    if (this.#latest === undefined) throw new Error(`${this.name} was never started`);
    return this.#latest;
  }
}
