import type { Clock, Logger } from '@vrouter/service-kit';
import type { Binding, Lifecycle, Placement } from '../binding/desired-port.ts';
import { bindAsCompute } from '../binding/vcenter-as-compute.ts';
import { BackOff } from '../config-api/back-off.ts';
import { ApiPicture } from '../config-api/picture.ts';
import { mergeCompute, readCompute, type ReadOnlyApi } from '../config-api/read-compute.ts';
import { reasonOf } from '../config-api/reason.ts';
import type { Inventory } from '../inventory/model.ts';
import { AsComputeScope } from './as-compute-scope.ts';
import type { ConfigApiReport, Mode, Unread } from './mode.ts';

const RETRY_MS_FIRST = 250;
const RETRY_MS_MAX = 8_000;
/** Between two readings, however many VMs change one after the other. */
const PAUSE_MS = 100;

export interface AsComputeParts {
  readonly api: ReadOnlyApi;
  readonly clock: Clock;
  readonly log: Logger;
  readonly lifecycle: Lifecycle;
  readonly rereadMs: number;
}

/**
 * Mode `vcenter-as-compute`: follows what the config API says of the VMs in the inventory. Everything is read at the
 * start and again from time to time; VMs that vCenter changes once, together; and those whose interface or address is
 * not there yet again and again.
 */
export class AsComputeMode implements Mode {
  readonly #parts: AsComputeParts;
  #picture = new ApiPicture();
  readonly #stopping = new AbortController();
  readonly #backOff = new BackOff(RETRY_MS_FIRST, RETRY_MS_MAX);
  #inventory: Inventory | undefined;
  #scope: AsComputeScope;
  /** VMs that have changed since they were read. */
  #changed = new Set<string>();
  #onChange: () => void = () => {};
  #reading: Promise<void> | undefined;
  #cancelTimer: () => void = () => {};
  /** When the timer fires. */
  #dueAtMs = Infinity;
  /** VMs that were looked for in vain. */
  #waiting = '';
  #lastReadAtMs: number | undefined;
  #wholeReadAtMs: number | undefined;
  #reason: string | undefined;

  constructor(parts: AsComputeParts) {
    this.#parts = parts;
    this.#scope = new AsComputeScope({ networks: [], vms: [] }, parts.lifecycle);
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
  }

  bind(inventory: Inventory, placements: readonly Placement[]): Binding | Unread {
    if (inventory !== this.#inventory) this.#follow(inventory);
    if (this.#lastReadAtMs === undefined)
      return { kind: 'unread', reason: `config API: ${this.#reason ?? 'not read yet'}` };
    return bindAsCompute(inventory, placements, this.#parts.lifecycle, this.#picture);
  }

  applied(): void {}

  releaseBrake(): number {
    return 0;
  }

  progress(): void {}

  report(): ConfigApiReport {
    const { networks, machines, interfaces, addresses } = this.#picture;
    return {
      url: this.#parts.api.url,
      complete: this.#lastReadAtMs !== undefined,
      reason: this.#reason ?? null,
      lastReadAtMs: this.#lastReadAtMs ?? null,
      objects: {
        networks: networks.size,
        machines: machines.size,
        interfaces: interfaces.size,
        addresses: addresses.size,
      },
      pending: 0,
      brake: null,
      problems: [],
    };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancelTimer();
    await this.#reading;
    await this.#parts.api.close();
  }

  /** VMs that changed are asked for soon; while the config API is away, they wait for its next turn. */
  #follow(inventory: Inventory): void {
    const isFirst = this.#inventory === undefined;
    const before = this.#scope;
    this.#inventory = inventory;
    this.#scope = new AsComputeScope(inventory, this.#parts.lifecycle);
    this.#scope.forgetOthers(this.#picture);
    const changed = this.#scope.changedSince(before);
    this.#changed = new Set([...this.#changed, ...changed].filter((id) => this.#scope.has(id)));
    if (isFirst || (changed.length > 0 && this.#reason === undefined)) this.#lookSoon();
  }

  /** At the latest: changes that follow one another closely must not put it off. */
  #lookSoon(): void {
    const now = this.#parts.clock.now();
    const delayMs = Math.max(0, (this.#lastReadAtMs ?? -Infinity) + PAUSE_MS - now);
    if (now + delayMs < this.#dueAtMs) this.#lookIn(delayMs);
  }

  #lookIn(delayMs: number): void {
    this.#cancelTimer();
    if (this.#stopping.signal.aborted) return;
    const { clock } = this.#parts;
    this.#dueAtMs = clock.now() + delayMs;
    this.#cancelTimer = clock.schedule(delayMs, () => {
      this.#dueAtMs = Infinity;
      this.#reading ??= this.#look().finally(() => {
        this.#reading = undefined;
      });
    });
  }

  async #look(): Promise<void> {
    const { api, clock, log, rereadMs } = this.#parts;
    const isWhole = clock.now() >= (this.#wholeReadAtMs ?? -Infinity) + rereadMs;
    const machines = new Set([...this.#changed, ...this.#scope.lackingIn(this.#picture)]);
    const scope = isWhole ? this.#scope.whole() : this.#scope.of(machines, this.#picture);
    const changed = this.#changed;
    this.#changed = new Set();
    const read = await readCompute(api, scope, isWhole, this.#stopping.signal);
    if (this.#stopping.signal.aborted) return;
    if (!(read instanceof ApiPicture)) {
      for (const id of changed) this.#changed.add(id);
      this.#reason = reasonOf(read);
      log.warn({ reason: this.#reason }, 'the config API was not read');
      if (this.#lastReadAtMs === undefined) this.#onChange();
      this.#lookIn(this.#backOff.next());
      return;
    }
    if (isWhole) this.#picture = read;
    else mergeCompute(this.#picture, read, scope);
    // The inventory may have changed meanwhile.
    this.#scope.forgetOthers(this.#picture);
    this.#reason = undefined;
    this.#lastReadAtMs = clock.now();
    if (isWhole) this.#wholeReadAtMs = this.#lastReadAtMs;
    this.#onChange();
    this.#lookAgain();
  }

  #lookAgain(): void {
    const { clock, rereadMs } = this.#parts;
    const wholeInMs = (this.#wholeReadAtMs ?? 0) + rereadMs - clock.now();
    const waiting = this.#scope.lackingIn(this.#picture).join();
    if (waiting !== this.#waiting) this.#backOff.reset();
    this.#waiting = waiting;
    this.#lookIn(waiting === '' ? wholeInMs : Math.min(wholeInMs, this.#backOff.next()));
    if (this.#changed.size > 0) this.#lookSoon();
  }
}
