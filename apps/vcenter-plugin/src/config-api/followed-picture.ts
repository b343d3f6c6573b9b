import type { ObjectOf } from '@vrouter/config-api-client';
import { ApiPicture, PICTURED_TYPES, type PicturedType } from './picture.ts';

/**
 * The picture of the config API that is kept current from what we write. A reading of everything takes a while, in
 * which we go on writing: what was written meanwhile is known better than what was read.
 */
export class FollowedPicture {
  #picture = new ApiPicture();
  #touched: Set<string> | undefined;
  readonly #leaving = new Set<string>();

  get current(): ApiPicture {
    return this.#picture;
  }

  put<T extends PicturedType>(type: T, object: ObjectOf<T>): void {
    this.#touched?.add(object.uuid);
    this.#picture.put(type, object);
  }

  remove(type: PicturedType, uuid: string): void {
    this.#touched?.add(uuid);
    this.#picture.remove(type, uuid);
  }

  /** Was its deletion asked for, and what came of it is not known? It may be gone: nothing is to be built on it. */
  isLeaving(uuid: string): boolean {
    return this.#leaving.has(uuid);
  }

  /** Its deletion is about to be asked for. */
  leaves(uuid: string): void {
    this.#leaving.add(uuid);
  }

  /** It is known whether it is gone. */
  hasLeftOrStays(uuid: string): void {
    this.#leaving.delete(uuid);
  }

  /** From now on it is remembered what changes. */
  beginReading(): void {
    this.#touched = new Set();
  }

  /** Ends a reading; `read` is undefined when it failed. */
  endReading(read: ApiPicture | undefined): void {
    const touched = this.#touched ?? new Set();
    this.#touched = undefined;
    if (read === undefined) return;
    for (const uuid of touched) for (const type of PICTURED_TYPES) copy(type, uuid, this.#picture, read);
    this.#picture = read;
  }
}

function copy(type: PicturedType, uuid: string, from: ApiPicture, to: ApiPicture): void {
  const object = from.get(type, uuid);
  if (object === undefined) to.remove(type, uuid);
  else to.put(type, object);
}
