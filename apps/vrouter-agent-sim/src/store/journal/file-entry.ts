import type { Port } from '@vrouter/port-model';
import type { SavedPort } from '../../ports/model.ts';
import type { FileFacts } from '../file-system.ts';

const UNKNOWN = -1;

/**
 * What the file of a port must be. Replaced, never changed, so that an entry also names a version. Flat, because there
 * is one for each port, and each object inside would cost as much memory again.
 */
export class FileEntry {
  readonly #port: Port | undefined;
  readonly #linkState: SavedPort['linkState'];
  readonly #sizeBytes: number;
  readonly #mtimeMs: number;

  /** Without `saved` there must be no file; `facts` are of the file that is on disk for certain. */
  constructor(saved: SavedPort | undefined, facts: FileFacts | undefined) {
    this.#port = saved?.port;
    this.#linkState = saved?.linkState ?? 0;
    this.#sizeBytes = facts?.sizeBytes ?? UNKNOWN;
    this.#mtimeMs = facts?.mtimeMs ?? UNKNOWN;
  }

  /** undefined: there must be no file. */
  get saved(): SavedPort | undefined {
    return this.#port && { port: this.#port, linkState: this.#linkState };
  }

  get isRemoved(): boolean {
    return this.#port === undefined;
  }

  /** Of the file that is on disk as it must be; undefined as long as that is not certain. */
  get facts(): FileFacts | undefined {
    return this.isCertain ? { sizeBytes: this.#sizeBytes, mtimeMs: this.#mtimeMs } : undefined;
  }

  get isCertain(): boolean {
    return this.#sizeBytes !== UNKNOWN;
  }

  /** Is the file with `facts` the one that is on disk as it must be? */
  isOf({ sizeBytes, mtimeMs }: FileFacts): boolean {
    return this.#sizeBytes === sizeBytes && this.#mtimeMs === mtimeMs;
  }

  /** The same content, on disk for certain. */
  certain(facts: FileFacts): FileEntry {
    return new FileEntry(this.saved, facts);
  }
}
