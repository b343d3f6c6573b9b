import type { ConfigApiClient } from '@vrouter/config-api-client';
import type { Clock } from '@vrouter/service-kit';
import { BackOff } from '../back-off.ts';
import type { FollowedPicture } from '../followed-picture.ts';

/** Addresses asked for while a reading is under way are read together by the next one. */
const GATHER_MS = 5;
const UUIDS_MAX = 500;

export interface AddressReaderParts {
  readonly api: Pick<ConfigApiClient, 'list'>;
  readonly picture: FollowedPicture;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onRead: () => void;
  /** An instance-ip that was made is not there any more. */
  readonly onMissing: () => void;
}

/**
 * Finds out which addresses the config API chose: its answer to a creation does not tell. Many in one request, where
 * one request each would double the time in which new VMs get their ports.
 */
export class AddressReader {
  readonly #parts: AddressReaderParts;
  readonly #wanted = new Set<string>();
  readonly #backOff = new BackOff(100, 8_000);
  #reading: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(parts: AddressReaderParts) {
    this.#parts = parts;
  }

  get pending(): number {
    return this.#wanted.size;
  }

  /** The instance-ip `uuid` was made. */
  want(uuid: string): void {
    this.#wanted.add(uuid);
    this.#readIn(GATHER_MS);
  }

  async stop(): Promise<void> {
    this.#cancelTimer?.();
    await this.#reading;
  }

  #readIn(delayMs: number): void {
    if (this.#reading !== undefined || this.#parts.signal.aborted) return;
    this.#cancelTimer ??= this.#parts.clock.schedule(delayMs, () => {
      this.#cancelTimer = undefined;
      this.#reading = this.#read().then((nextMs) => {
        this.#reading = undefined;
        if (this.#wanted.size > 0) this.#readIn(nextMs);
      });
    });
  }

  /** Returns how long to wait before the next reading. */
  async #read(): Promise<number> {
    const { api, picture, signal, onRead, onMissing } = this.#parts;
    const uuids = [...this.#wanted].slice(0, UUIDS_MAX);
    const outcome = await api.list('instance-ip', { uuids }, signal);
    if (outcome.kind !== 'listed') return this.#backOff.next();
    this.#backOff.reset();
    for (const each of outcome.objects) picture.put('instance-ip', each);
    const found = new Set(outcome.objects.map(({ uuid }) => uuid));
    for (const uuid of uuids) {
      this.#wanted.delete(uuid);
      if (!found.has(uuid)) picture.remove('instance-ip', uuid);
    }
    if (found.size < uuids.length) onMissing();
    onRead();
    return GATHER_MS;
  }
}
