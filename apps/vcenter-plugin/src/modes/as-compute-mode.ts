import type { Clock, Logger } from '@vrouter/service-kit';
import { candidates, type Candidate } from '../binding/candidates.ts';
import type { Binding, Lifecycle, Placement } from '../binding/desired-port.ts';
import { bindAsCompute, openStackNetworkId } from '../binding/vcenter-as-compute.ts';
import { BackOff } from '../config-api/back-off.ts';
import { findInterface } from '../config-api/find-interface.ts';
import { ApiPicture } from '../config-api/picture.ts';
import {
  mergeCompute,
  readCompute,
  type ComputeScope,
  type ReadOnlyApi,
} from '../config-api/read-compute.ts';
import { reasonOf } from '../config-api/reason.ts';
import type { Inventory } from '../inventory/model.ts';
import type { ConfigApiReport, Mode, Unread } from './mode.ts';

const RETRY_MS_FIRST = 250;
const RETRY_MS_MAX = 8_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface AsComputeParts {
  readonly api: ReadOnlyApi;
  readonly clock: Clock;
  readonly log: Logger;
  readonly lifecycle: Lifecycle;
  readonly rereadMs: number;
}

/**
 * Mode `vcenter-as-compute`: follows what the config API says of the VMs in the inventory. Everything is read at the
 * start and again from time to time; adapters whose interface is not there yet are asked for again and again.
 */
export class AsComputeMode implements Mode {
  readonly #parts: AsComputeParts;
  readonly #picture = new ApiPicture();
  readonly #stopping = new AbortController();
  readonly #backOff = new BackOff(RETRY_MS_FIRST, RETRY_MS_MAX);
  #inventory: Inventory | undefined;
  #onChange: () => void = () => {};
  #reading: Promise<void> | undefined;
  #cancelTimer: () => void = () => {};
  #waiting = '';
  #lastReadAtMs: number | undefined;
  #wholeReadAtMs: number | undefined;
  #reason: string | undefined;

  constructor(parts: AsComputeParts) {
    this.#parts = parts;
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
  }

  bind(inventory: Inventory, placements: readonly Placement[]): Binding | Unread {
    if (inventory !== this.#inventory) {
      this.#inventory = inventory;
      this.#lookSoon();
    }
    if (this.#lastReadAtMs === undefined)
      return { kind: 'unread', reason: `config API: ${this.#reason ?? 'not read yet'}` };
    return bindAsCompute(inventory, placements, this.#parts.lifecycle, this.#picture);
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
      problems: [],
    };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancelTimer();
    await this.#reading;
    await this.#parts.api.close();
  }

  /** A VM that is new is asked for at once; one that was asked for before goes on waiting for its turn. */
  #lookSoon(): void {
    const waiting = this.#missing().machines.join();
    if (waiting === this.#waiting && this.#lastReadAtMs !== undefined) return;
    this.#waiting = waiting;
    this.#backOff.reset();
    this.#lookIn(0);
  }

  #lookIn(delayMs: number): void {
    this.#cancelTimer();
    if (this.#stopping.signal.aborted) return;
    this.#cancelTimer = this.#parts.clock.schedule(delayMs, () => {
      this.#reading ??= this.#look().finally(() => {
        this.#reading = undefined;
      });
    });
  }

  async #look(): Promise<void> {
    const { api, clock, log, rereadMs } = this.#parts;
    const wholeAtMs = (this.#wholeReadAtMs ?? -Infinity) + rereadMs;
    const isWhole = clock.now() >= wholeAtMs;
    const scope = isWhole ? this.#everything() : this.#missing();
    const read = await readCompute(api, scope, isWhole, this.#stopping.signal);
    if (this.#stopping.signal.aborted) return;
    if (!(read instanceof ApiPicture)) {
      this.#reason = reasonOf(read);
      log.warn({ reason: this.#reason }, 'the config API was not read');
      if (this.#lastReadAtMs === undefined) this.#onChange();
      this.#lookIn(this.#backOff.next());
      return;
    }
    mergeCompute(this.#picture, read, scope);
    this.#reason = undefined;
    this.#lastReadAtMs = clock.now();
    if (isWhole) this.#wholeReadAtMs = this.#lastReadAtMs;
    this.#onChange();
    this.#lookAgain();
  }

  #lookAgain(): void {
    const { clock, rereadMs } = this.#parts;
    const wholeInMs = (this.#wholeReadAtMs ?? 0) + rereadMs - clock.now();
    const waiting = this.#missing().machines.join();
    if (waiting !== this.#waiting) this.#backOff.reset();
    this.#waiting = waiting;
    this.#lookIn(waiting === '' ? wholeInMs : Math.min(wholeInMs, this.#backOff.next()));
  }

  #everything(): ComputeScope {
    const { vms = [], networks = [] } = this.#inventory ?? {};
    return {
      machines: unique(vms.filter(({ adapters }) => adapters.length > 0).map(({ id }) => id)),
      networks: unique(networks.flatMap(({ name }) => openStackNetworkId(name) ?? [])),
    };
  }

  /** The VMs with adapters that have no interface, and the networks that we know nothing of. */
  #missing(): ComputeScope {
    const inventory = this.#inventory;
    if (inventory === undefined) return { machines: [], networks: [] };
    const idOf = new Map(inventory.networks.map(({ key, name }) => [key, openStackNetworkId(name)]));
    const lacks = ({ vm, mac, adapter }: Candidate): boolean => {
      const network = idOf.get(adapter.network);
      if (network === undefined) return false;
      const isKnown = this.#picture.networks.has(network);
      return !isKnown || findInterface(this.#picture, vm.id, mac, network) === undefined;
    };
    const vms = candidates(inventory, this.#parts.lifecycle, []).filter(lacks);
    const unknown = [...idOf.values()].flatMap((id) =>
      id === undefined || this.#picture.networks.has(id) ? [] : id,
    );
    return { machines: unique(vms.map(({ vm }) => vm.id)), networks: unique(unknown) };
  }
}

/** Ids that the config API can be asked for. */
function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((id) => UUID.test(id)))];
}
