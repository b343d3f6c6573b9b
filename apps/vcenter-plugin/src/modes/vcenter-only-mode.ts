import type { ConfigApiClient } from '@vrouter/config-api-client';
import type { Clock, Logger } from '@vrouter/service-kit';
import type { Binding, Lifecycle, Placement } from '../binding/desired-port.ts';
import { remains } from '../binding/remains.ts';
import { bindVcenterOnly } from '../binding/vcenter-only.ts';
import type { AgentsView } from '../config-api/agents-view.ts';
import { BackOff } from '../config-api/back-off.ts';
import { bootstrap } from '../config-api/bootstrap.ts';
import type { ConfiguredNetwork } from '../config-api/config-section.ts';
import { FollowedPicture } from '../config-api/followed-picture.ts';
import { wantedOf, type Wanted } from '../config-api/plan/wanted.ts';
import { readEverything } from '../config-api/read-everything.ts';
import { ApiPicture } from '../config-api/picture.ts';
import { reasonOf } from '../config-api/reason.ts';
import type { BrakeLimits } from '../config-api/work/deletion-brake.ts';
import { Reconciler } from '../config-api/work/reconciler.ts';
import type { Inventory } from '../inventory/model.ts';
import type { ConfigApiReport, Mode, Unread } from './mode.ts';
import { Throttle } from './throttle.ts';

const RETRY_MS_FIRST = 250;
const RETRY_MS_MAX = 8_000;
/** A picture that cannot be right is read again, but not more often than this. */
const DOUBT_MS_MIN = 5_000;

export interface VcenterOnlyParts {
  readonly api: ConfigApiClient;
  readonly clock: Clock;
  readonly log: Logger;
  readonly lifecycle: Lifecycle;
  readonly agents: AgentsView;
  readonly addresses: readonly ConfiguredNetwork[];
  readonly concurrency: number;
  readonly brake: BrakeLimits;
  readonly rereadMs: number;
}

/**
 * Mode `vcenter-only`: keeps vCenter's networks, VMs and adapters in the config API, and binds ports to what is there.
 * The config API is read once at the start; from then on the picture follows what we write, and is read again now and
 * then in case others wrote. Ports of objects that are there never wait for objects that are to be made.
 */
export class VcenterOnlyMode implements Mode {
  readonly #parts: VcenterOnlyParts;
  readonly #picture = new FollowedPicture();
  readonly #stopping = new AbortController();
  readonly #backOff = new BackOff(RETRY_MS_FIRST, RETRY_MS_MAX);
  readonly #changes: Throttle;
  #seen: { readonly inventory: Inventory; readonly places: string } | undefined;
  #wanted: Wanted | undefined;
  #reconciler: Reconciler | undefined;
  #onChange: () => void = () => {};
  #reading: Promise<void> | undefined;
  #cancelTimer: () => void = () => {};
  #lastReadAtMs: number | undefined;
  #reason: string | undefined;

  constructor(parts: VcenterOnlyParts) {
    this.#parts = parts;
    this.#changes = new Throttle(parts.clock, () => this.#onChange());
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
    this.#readIn(0);
  }

  bind(inventory: Inventory, placements: readonly Placement[]): Binding | Unread {
    const { agents, lifecycle } = this.#parts;
    if (this.#reconciler === undefined)
      return { kind: 'unread', reason: `config API: ${this.#reason ?? 'not read yet'}` };
    return bindVcenterOnly(inventory, placements, lifecycle, {
      picture: this.#picture.current,
      isLeaving: (uuid) => this.#picture.isLeaving(uuid),
      desiredBefore: (agent, portId) => agents.desired(agent, portId),
    });
  }

  /** What is to be made and taken away comes after the ports of what is there, and only as far as the brake lets it. */
  applied(inventory: Inventory, placements: readonly Placement[]): void {
    const reconciler = this.#reconciler;
    if (reconciler === undefined) return;
    const { agents, addresses } = this.#parts;
    const places = JSON.stringify(placements.map(({ agent, host }) => [agent, host, agents.placeOf(agent)]));
    if (this.#seen?.inventory === inventory && this.#seen.places === places) return;
    this.#seen = { inventory, places };
    const isFirst = this.#wanted === undefined;
    this.#wanted = wantedOf(inventory, placements, addresses, (agent) => agents.placeOf(agent));
    if (isFirst)
      for (const { agent, port } of remains(this.#wanted, this.#picture.current, agents))
        agents.suspect(agent, port);
    reconciler.want(this.#wanted);
    if (isFirst) reconciler.all();
  }

  progress(): void {
    this.#reconciler?.progress();
  }

  report(): ConfigApiReport {
    const { networks, machines, interfaces, addresses } = this.#picture.current;
    return {
      url: this.#parts.api.url,
      complete: this.#reconciler !== undefined,
      reason: this.#reconciler?.awayReason ?? this.#reason ?? null,
      lastReadAtMs: this.#lastReadAtMs ?? null,
      objects: {
        networks: networks.size,
        machines: machines.size,
        interfaces: interfaces.size,
        addresses: addresses.size,
      },
      pending: this.#reconciler?.pending ?? 0,
      brake: this.#reconciler?.brake() ?? null,
      problems: this.#reconciler?.problems() ?? [],
    };
  }

  releaseBrake(): number {
    return this.#reconciler?.releaseBrake() ?? 0;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancelTimer();
    this.#changes.stop();
    await this.#reading;
    await this.#reconciler?.stop();
    await this.#parts.api.close();
  }

  #readIn(delayMs: number): void {
    this.#cancelTimer();
    if (this.#stopping.signal.aborted) return;
    this.#cancelTimer = this.#parts.clock.schedule(delayMs, () => {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
    });
  }

  /** A reading that fails changes nothing: what was not read is not gone. */
  async #read(): Promise<void> {
    const { api, clock, log, rereadMs } = this.#parts;
    const { signal } = this.#stopping;
    this.#picture.beginReading();
    // Each time anew: the config API may have been restored, or emptied.
    const begun = await bootstrap(api, signal);
    const read = begun.kind === 'project' ? await readEverything(api, begun.uuid, signal) : begun;
    this.#picture.endReading(read instanceof ApiPicture ? read : undefined);
    if (signal.aborted) return;
    if (!(read instanceof ApiPicture)) {
      this.#reason = reasonOf(read);
      log.warn({ reason: this.#reason }, 'the config API was not read');
      this.#changes.call();
      this.#readIn(this.#backOff.next());
      return;
    }
    this.#reason = undefined;
    this.#backOff.reset();
    this.#lastReadAtMs = clock.now();
    this.#reconciler ??= this.#newReconciler();
    if (this.#wanted !== undefined) this.#reconciler.all();
    this.#changes.call();
    this.#readIn(rereadMs);
  }

  #newReconciler(): Reconciler {
    const { api, agents, clock, log, concurrency, brake } = this.#parts;
    return new Reconciler({
      api,
      picture: this.#picture,
      agents,
      clock,
      log,
      concurrency,
      brake,
      signal: this.#stopping.signal,
      onChange: () => this.#changes.call(),
      onDoubt: () => this.#doubt(),
    });
  }

  #doubt(): void {
    const sinceMs = this.#parts.clock.now() - (this.#lastReadAtMs ?? 0);
    this.#readIn(Math.max(0, DOUBT_MS_MIN - sinceMs));
  }
}
