import type { Logger } from '@vrouter/service-kit';
import type { Binding, BindingProblem } from './binding/desired-port.ts';
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

/** One way: inventory, binding, fleet. What cannot be read leaves everything as it is. */
export class Pipeline {
  readonly #source: InventorySource;
  readonly #bind: (inventory: Inventory) => Binding | Unread;
  readonly #fleet: Fleet;
  readonly #log: Logger;
  #report: InventoryReport;
  #wasComplete = false;
  /** The last one, unless it has been lost since. */
  #inventory: Inventory | undefined;

  constructor(
    source: InventorySource,
    bind: (inventory: Inventory) => Binding | Unread,
    fleet: Fleet,
    log: Logger,
  ) {
    this.#source = source;
    this.#bind = bind;
    this.#fleet = fleet;
    this.#log = log;
    this.#report = {
      source: source.description,
      complete: false,
      reason: 'not read yet',
      counts: NOTHING,
      problems: [],
    };
  }

  start(): void {
    this.#source.start((state) => this.#take(state));
  }

  report(): InventoryReport {
    return this.#report;
  }

  async stop(): Promise<void> {
    await this.#source.stop();
  }

  #take(state: InventoryState): void {
    if (!state.complete) {
      this.#inventory = undefined;
      this.#report = { ...this.#report, complete: false, reason: state.reason };
      const kept = this.#wasComplete
        ? 'the last good one stays in force'
        : 'nothing is sent before it is read';
      this.#log.warn({ reason: state.reason }, `inventory is not complete; ${kept}`);
      this.#fleet.inventoryLost();
      return;
    }
    this.#inventory = state.inventory;
    this.rebind();
  }

  /** Binds the inventory once more, for when something else than it has changed. */
  rebind(): void {
    if (this.#inventory === undefined) return;
    const binding = this.#bind(this.#inventory);
    const counts = countsOf(this.#inventory);
    if ('kind' in binding) {
      this.#report = { ...this.#report, complete: false, reason: binding.reason, counts };
      this.#fleet.inventoryLost();
      return;
    }
    this.#wasComplete = true;
    const { problems } = binding;
    this.#logNews(problems);
    this.#report = { ...this.#report, complete: true, reason: null, counts, problems };
    this.#fleet.apply(binding);
  }

  #logNews(problems: readonly BindingProblem[]): void {
    const known = new Set(this.#report.problems.map(keyOf));
    for (const problem of problems) {
      if (known.has(keyOf(problem))) continue;
      // Thousands of ports wait when everything is new; the others are for an operator.
      const level = problem.kind === 'waiting' ? 'debug' : 'warn';
      this.#log[level](problem, 'inventory has something that gets no port');
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
