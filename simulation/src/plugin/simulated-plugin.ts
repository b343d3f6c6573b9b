import { createLogger } from '@vrouter/service-kit';
import {
  bindStandalone,
  openFleet,
  Pipeline,
  type AgentPlace,
  type Fleet,
  type InventoryState,
  type Lifecycle,
  type SyncLimits,
} from '@vrouter/vcenter-plugin/simulation';
import type { SimulatedAgent } from '../agent/simulated-agent.ts';
import { Life } from '../world/life.ts';
import { SimulatedClient, type Wiring } from '../world/simulated-client.ts';
import { sourceOf, type Vcenter } from '../world/vcenter.ts';
import type { VirtualClock } from '../world/virtual-clock.ts';
import { LedgerDisk, LedgerFull } from './memory-ledger.ts';

export interface PluginWatch {
  started(): void;
  /** It begins to talk to `agent`, knowing of it what is in the ledger. */
  opened(agent: SimulatedAgent): void;
  died(): void;
  /** It goes on, having stood still since then. */
  resumed(sinceMs: number): void;
  /** The plugin is told this of vCenter. */
  told(state: InventoryState): void;
  /** It ended by itself for a reason that no fault explains. */
  broke(error: unknown): void;
}

/** From vCenter to the agents' clients. */
export interface Core {
  readonly pipeline: Pipeline;
  readonly fleet: Fleet;
}

export interface PluginParts {
  readonly clock: VirtualClock;
  readonly vcenter: Vcenter;
  readonly agents: readonly SimulatedAgent[];
  readonly wiringOf: (agent: SimulatedAgent) => Wiring;
  readonly lifecycle: Lifecycle;
  readonly limits: SyncLimits;
  readonly random: () => number;
  readonly watch: PluginWatch;
}

const PLACES_MS_MAX = 50;
const log = createLogger('simulation', 'silent');

/** The real plugin from the inventory to its clients; the process comes and goes, the ledger stays. */
export class SimulatedPlugin {
  readonly ledger = new LedgerDisk();
  readonly #parts: PluginParts;
  #life: Life | undefined;
  #clients: SimulatedClient[] = [];
  core: Core | undefined;
  #pausedAtMs: number | undefined;
  #isStopping = false;
  /** Agents of which nothing says where they are. */
  readonly #gone = new Set<string>();
  #onPlaces: (() => void) | undefined;
  /** Somebody started it while it was stopping. */
  #isWanted = false;

  constructor(parts: PluginParts) {
    this.#parts = parts;
  }

  get isUp(): boolean {
    return this.core !== undefined;
  }

  get isPaused(): boolean {
    return this.#pausedAtMs !== undefined;
  }

  start(): void {
    // A supervisor waits for the end of the old process.
    this.#isWanted = this.#isStopping;
    if (this.isUp) return;
    const { clock, vcenter, agents, wiringOf, lifecycle, limits, random, watch } = this.#parts;
    const life = new Life(clock);
    this.#life = life;
    this.#clients = [];
    watch.started();
    const places = (): AgentPlace[] =>
      agents
        .filter(({ name }) => !this.#gone.has(name))
        .map(({ name, host }) => ({ name, host, url: `http://${name}`, off: false }));
    const fleet = openFleet({
      clientOf: (name, url) => {
        const agent = agents.find((one) => one.name === name) as SimulatedAgent;
        watch.opened(agent);
        const client = new SimulatedClient(url, wiringOf(agent), life);
        this.#clients.push(client);
        return client;
      },
      ledger: this.ledger.open(life, () => this.kill()),
      clock: life,
      random,
      limits,
      log,
      onFatal: (error) => {
        if (life.isOver) return;
        this.kill();
        if (!(error instanceof LedgerFull)) watch.broke(error);
      },
      onProgress: () => undefined,
    });
    fleet.place(places());
    const pipeline = new Pipeline({
      source: sourceOf(vcenter, life, random, (state) => watch.told(state)),
      places: {
        of: () => ({ agents: places(), problems: [] }),
        start: (onChange) => {
          this.#onPlaces = onChange;
        },
        stop: async () => undefined,
      },
      bind: (inventory, placements) => bindStandalone(inventory, placements, lifecycle),
      fleet,
      log,
    });
    this.core = { pipeline, fleet };
    pipeline.start();
  }

  /** vCenter shows where the agent is, or no more; the plugin learns of it soon. */
  setGone(name: string, isGone: boolean): void {
    if (isGone) this.#gone.add(name);
    else this.#gone.delete(name);
    this.#life?.schedule(this.#parts.random() * PLACES_MS_MAX, () => this.#onPlaces?.());
  }

  kill(): void {
    if (!this.isUp) return;
    this.#end();
  }

  /** SIGTERM; resolves when it is gone. */
  async stop(): Promise<void> {
    const { core } = this;
    const life = this.#life;
    if (core === undefined || life === undefined) return;
    this.#isStopping = true;
    this.#isWanted = false;
    await core.pipeline.stop();
    await core.fleet.stop();
    if (!life.isOver) this.#end();
  }

  pause(): void {
    if (this.isUp) this.#pausedAtMs ??= this.#parts.clock.now();
    this.#life?.pause();
  }

  resume(): void {
    if (this.#pausedAtMs !== undefined) this.#parts.watch.resumed(this.#pausedAtMs);
    this.#pausedAtMs = undefined;
    this.#life?.resume();
  }

  #end(): void {
    this.#life?.end();
    for (const client of this.#clients) client.die();
    this.core = undefined;
    this.#pausedAtMs = undefined;
    this.#isStopping = false;
    this.ledger.killAfterSaves = Infinity;
    this.#parts.watch.died();
    if (this.#isWanted) this.#parts.clock.schedule(0, () => this.start());
  }
}
