import type { Logger } from '@vrouter/service-kit';
import type { AgentPlaces } from './binding/agent-places.ts';
import type { Binding, BindingProblem, Placement } from './binding/desired-port.ts';
import type { Inventory, InventorySource, InventoryState } from './inventory/model.ts';
import type { Unread } from './modes/mode.ts';
import type { Fleet } from './sync/fleet.ts';

/** What is known of the inventory, for readiness and introspection. */
export interface InventoryReport {
  readonly source: string;
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly reason: string | null;
  /** Of the last complete one. */
  readonly counts: {
    readonly hosts: number;
    readonly networks: number;
    readonly vms: number;
    readonly adapters: number;
  };
  readonly problems: readonly BindingProblem[];
}

const NOTHING = { hosts: 0, networks: 0, vms: 0, adapters: 0 };

/** Tells which agent serves which host; calls `onChange` when the same inventory may give other places. */
export interface PlaceSource {
  of(inventory: Inventory): AgentPlaces;
  start(onChange: () => void): void;
  stop(): Promise<void>;
}

export interface PipelineParts {
  readonly source: InventorySource;
  readonly places: PlaceSource;
  readonly bind: (inventory: Inventory, placements: readonly Placement[]) => Binding | Unread;
  readonly fleet: Fleet;
  /** Called when the agents were told what a binding says. */
  readonly onApplied?: (inventory: Inventory, placements: readonly Placement[]) => void;
  readonly log: Logger;
}

/** One way: inventory, binding, fleet. What cannot be read leaves everything as it is. */
export class Pipeline {
  readonly #parts: PipelineParts;
  #report: InventoryReport;
  #wasComplete = false;
  /** The last one, unless it has been lost since. */
  #inventory: Inventory | undefined;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
    this.#report = {
      source: parts.source.description,
      complete: false,
      reason: 'not read yet',
      counts: NOTHING,
      problems: [],
    };
  }

  start(): void {
    this.#parts.source.start((state) => this.#take(state));
    this.#parts.places.start(() => this.rebind());
  }

  report(): InventoryReport {
    return this.#report;
  }

  async stop(): Promise<void> {
    await Promise.all([this.#parts.source.stop(), this.#parts.places.stop()]);
  }

  #take(state: InventoryState): void {
    if (!state.complete) {
      this.#inventory = undefined;
      this.#report = { ...this.#report, complete: false, reason: state.reason };
      const kept = this.#wasComplete
        ? 'the last good one stays in force'
        : 'nothing is sent before it is read';
      this.#parts.log.warn({ reason: state.reason }, `inventory is not complete; ${kept}`);
      this.#parts.fleet.inventoryLost();
      return;
    }
    this.#inventory = state.inventory;
    this.rebind();
  }

  /**
   * Binds the inventory once more, for when something else than it has changed. While there is none, agents stay where
   * they are: at a new place a sync would come first.
   */
  rebind(): void {
    if (this.#inventory === undefined) return;
    const places = this.#parts.places.of(this.#inventory);
    const placements = places.agents.map(({ name, host, off }) => ({ agent: name, host, off }));
    const binding = this.#parts.bind(this.#inventory, placements);
    const counts = countsOf(this.#inventory);
    if ('kind' in binding) {
      this.#report = { ...this.#report, complete: false, reason: binding.reason, counts };
      this.#parts.fleet.inventoryLost();
      return;
    }
    this.#wasComplete = true;
    const problems = [...places.problems, ...binding.problems];
    this.#logNews(problems);
    this.#report = { ...this.#report, complete: true, reason: null, counts, problems };
    this.#parts.fleet.apply(places.agents, binding);
    this.#parts.onApplied?.(this.#inventory, placements);
  }

  #logNews(problems: readonly BindingProblem[]): void {
    const known = new Set(this.#report.problems.map(keyOf));
    for (const problem of problems) {
      if (known.has(keyOf(problem))) continue;
      // Thousands of ports wait when everything is new; the others are for an operator.
      const level = problem.kind === 'waiting' ? 'debug' : 'warn';
      this.#parts.log[level](problem, 'inventory has something that does not fit');
    }
  }
}

function keyOf({ kind, subject, text }: BindingProblem): string {
  return `${kind} ${subject} ${text}`;
}

function countsOf({ hosts, networks, vms }: Inventory): InventoryReport['counts'] {
  const adapters = vms.reduce((sum, vm) => sum + vm.adapters.length, 0);
  return { hosts: hosts.length, networks: networks.length, vms: vms.length, adapters };
}
