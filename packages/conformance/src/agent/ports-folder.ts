import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CannotCheck } from '../errors.ts';
import type { Recorder } from './recorder.ts';

/** The folder of port files, seen and touched by hand. What was put there by hand is taken away by `cleanUp`. */
export class PortsFolder {
  readonly path: string;
  readonly #recorder: Recorder;
  readonly #touched = new Set<string>();
  #awayAt: string | undefined;

  constructor(path: string, recorder: Recorder) {
    this.path = path;
    this.#recorder = recorder;
  }

  /** The text of a file, or undefined when there is none. */
  read(name: string): string | undefined {
    const came = this.#recorder.sent(`read file ${name}`);
    const text = this.peek(name);
    came(text ?? 'no such file');
    return text;
  }

  /** As `read`, for so many files that recording each would help nobody. */
  peek(name: string): string | undefined {
    try {
      return readFileSync(join(this.path, name), 'utf8');
    } catch (error) {
      if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
        return undefined;
      throw error;
    }
  }

  has(name: string): boolean {
    return lstatSync(join(this.path, name), { throwIfNoEntry: false }) !== undefined;
  }

  names(): string[] {
    return readdirSync(this.path).sort();
  }

  /** As `names`, or undefined when the folder itself is not there. */
  namesOrNone(): string[] | undefined {
    return lstatSync(this.path, { throwIfNoEntry: false }) === undefined ? undefined : this.names();
  }

  write(name: string, text: string): void {
    this.#touch(name, `write file ${name}\n${text}`);
    writeFileSync(join(this.path, name), text);
  }

  remove(name: string): void {
    this.#touch(name, `remove ${name} by hand`);
    rmSync(join(this.path, name), { recursive: true, force: true });
  }

  makeFolder(name: string): void {
    this.#touch(name, `make folder ${name}`);
    mkdirSync(join(this.path, name));
  }

  makeLink(name: string, target: string): void {
    this.#touch(name, `make link ${name} to ${target}`);
    symlinkSync(target, join(this.path, name));
  }

  /** What is there under `name` is ours, and goes at the end. */
  takeCareOf(name: string): void {
    this.#touched.add(name);
  }

  /** Takes the whole folder away until `bringBack`. Throws `CannotCheck` where that cannot be done. */
  takeAway(): void {
    const aside = `${this.path.replace(/\/+$/, '')}.away-${process.pid}`;
    this.#recorder.sent('take the ports folder away')('');
    try {
      renameSync(this.path, aside);
    } catch (error) {
      throw new CannotCheck(`the ports folder cannot be renamed: ${(error as Error).message}`);
    }
    this.#awayAt = aside;
  }

  /** What appeared in its place meanwhile is lost. */
  bringBack(): void {
    if (this.#awayAt === undefined) return;
    this.#recorder.sent('bring the ports folder back')('');
    rmSync(this.path, { recursive: true, force: true });
    renameSync(this.#awayAt, this.path);
    this.#awayAt = undefined;
  }

  cleanUp(): void {
    this.bringBack();
    for (const name of this.#touched) rmSync(join(this.path, name), { recursive: true, force: true });
  }

  #touch(name: string, what: string): void {
    this.#recorder.sent(what)('');
    this.#touched.add(name);
  }
}
