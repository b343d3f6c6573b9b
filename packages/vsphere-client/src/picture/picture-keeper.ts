import { isDeepStrictEqual } from 'node:util';
import { host } from '../decode/host.ts';
import { network } from '../decode/network.ts';
import type { ObjectUpdate } from '../decode/object-update.ts';
import { place } from '../decode/place.ts';
import { dvs } from '../decode/switch.ts';
import { enterVm } from '../decode/vm.ts';
import { RecordKeeper } from './record-keeper.ts';
import type {
  HostRecord,
  IpPoolRecord,
  NetworkRecord,
  Picture,
  PlaceRecord,
  SwitchRecord,
  VmRecord,
} from './records.ts';

const EMPTY: Picture = {
  hosts: new Map(),
  vms: new Map(),
  networks: new Map(),
  switches: new Map(),
  places: new Map(),
  ipPools: new Map(),
};
const KINDS = Object.keys(EMPTY) as (keyof Picture)[];

/**
 * Keeps the picture through changes, and through the loss of whoever reports them.
 *
 * A read is mark and sweep: until its end the old picture stands, what enters again unchanged is no change, and only
 * what was not seen by the end is gone.
 */
export class PictureKeeper {
  readonly #hosts = new RecordKeeper<HostRecord>(host.blank);
  readonly #vms = new RecordKeeper<VmRecord>(enterVm);
  readonly #networks = new RecordKeeper<NetworkRecord>(network.blank);
  readonly #switches = new RecordKeeper<SwitchRecord>(dvs.blank);
  readonly #places = new RecordKeeper<PlaceRecord>(place.blank);
  #ipPools: Picture['ipPools'] = EMPTY.ipPools;
  #picture = EMPTY;

  /** From here on everything that exists will be reported. */
  beginRead(): void {
    for (const keeper of this.#keepers()) keeper.beginRead();
  }

  /** Everything that exists was reported. */
  endRead(): void {
    for (const keeper of this.#keepers()) keeper.endRead();
  }

  /**
   * Takes changes over. Returns false when they do not add up and everything should be read again: something changed
   * that never entered, or came and went in one moment (some servers report a move that way round).
   */
  apply(updates: readonly ObjectUpdate[]): boolean {
    const present = new Set<string>();
    let plausible = true;
    for (const update of updates) {
      if (update.kind !== 'leave') present.add(update.ref);
      else if (present.has(update.ref)) plausible = false;
      if (!this.#applyOne(update)) plausible = false;
    }
    return plausible;
  }

  /** These are all the IP pools that there are. */
  setIpPools(pools: readonly IpPoolRecord[]): void {
    const next = new Map(pools.map((pool) => [pool.id, pool]));
    if (!isDeepStrictEqual(next, this.#ipPools)) this.#ipPools = next;
  }

  /** The same object as before when nothing changed since. */
  picture(): Picture {
    const next: Picture = {
      hosts: this.#hosts.snapshot(),
      vms: this.#vms.snapshot(),
      networks: this.#networks.snapshot(),
      switches: this.#switches.snapshot(),
      places: this.#places.snapshot(),
      ipPools: this.#ipPools,
    };
    const same = KINDS.every((kind) => next[kind] === this.#picture[kind]);
    if (!same) this.#picture = next;
    return this.#picture;
  }

  #applyOne(update: ObjectUpdate): boolean {
    switch (update.of) {
      case 'hosts':
        return this.#hosts.apply(update);
      case 'vms':
        return this.#vms.apply(update);
      case 'networks':
        return this.#networks.apply(update);
      case 'switches':
        return this.#switches.apply(update);
      case 'places':
        return this.#places.apply(update);
    }
  }

  #keepers(): readonly Pick<RecordKeeper<never>, 'beginRead' | 'endRead'>[] {
    return [this.#hosts, this.#vms, this.#networks, this.#switches, this.#places];
  }
}
