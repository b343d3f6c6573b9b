import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Agent } from '../agent.ts';
import type { RequestRing } from '../admin/request-ring.ts';
import { isSeen } from '../ports/model.ts';
import type { DataPlaneMeter } from '../dataplane/data-plane.ts';
import type { FileSystem } from '../store/file-system.ts';
import type { PortStore } from '../store/store.ts';
import { measuredFiles } from './measured-files.ts';
import { measuredStore } from './measured-store.ts';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const CHANGES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** What an agent is measured by. */
export interface Measured {
  readonly agent: Agent;
  readonly requests: RequestRing;
  /** Size of its journal; undefined where there is none. */
  readonly journalBytes: () => number | undefined;
}

/** The metrics of all agents of a process, each with the label `agent`. */
export class Metrics {
  readonly registry = new Registry();
  readonly #measured = new Map<string, Measured>();
  readonly #changes = this.#histogram('commit_changes', 'Changes that were saved together', CHANGES);
  readonly #seconds = this.#histogram('commit_seconds', 'How long it took to save them', SECONDS);
  readonly #flushes = this.#histogram(
    'fsync_seconds',
    'How long each flush to the disk took, failed or not: of the journal, of files, of folders',
    SECONDS,
  );
  readonly #failures = this.#counter('commit_failures_total', 'Attempts to save that failed');
  readonly #sweeps = this.#counter('sweeps_total', 'Sweeps that were finished');
  readonly #swept = this.#counter('swept_ports_total', 'Ports that sweeps took away');
  readonly #programming = this.#histogram(
    'dataplane_apply_seconds',
    'How long it took to bring flows up to date',
    SECONDS,
  );
  readonly #flowChanges = this.#counter('dataplane_flow_changes_total', 'Flows that were added or removed');
  readonly #flowFailures = this.#counter(
    'dataplane_failures_total',
    'Attempts to bring flows up to date that failed',
  );
  readonly #recovery = new Gauge({
    name: 'vrouter_agent_recovery_seconds',
    help: 'How long it took to load what earlier lives saved',
    labelNames: ['agent'],
    registers: [this.registry],
  });

  constructor() {
    this.#atScrape('ports', 'Ports, by whether they were added since the last sync', ['seen'], (one) => {
      let seenCount = 0;
      const { table } = one.agent;
      for (const entry of table.ports.values()) if (isSeen(table, entry)) seenCount += 1;
      return [
        [{ seen: 'true' }, seenCount],
        [{ seen: 'false' }, table.ports.size - seenCount],
      ];
    });
    this.#atScrape('pending_sweeps', 'Syncs whose sweep is to come', [], ({ agent }) => [
      [{}, agent.table.deadlines.length],
    ]);
    this.#atScrape('journal_bytes', 'Size of the journal', [], ({ journalBytes }) => {
      const bytes = journalBytes();
      return bytes === undefined ? [] : [[{}, bytes]];
    });
    this.#atScrape('requests_total', 'Requests that were answered', ['operation', 'status'], ({ requests }) =>
      requests
        .answeredCounts()
        .map(({ operation, status, count }) => [
          { operation: operation ?? 'unknown', status: String(status) },
          count,
        ]),
    );
  }

  /** `files`, with their flushes measured. */
  measureFiles(name: string, files: FileSystem): FileSystem {
    const labels = { agent: name };
    return measuredFiles(files, (seconds) => this.#flushes.observe(labels, seconds));
  }

  /** `store`, with its work measured. */
  measureStore(name: string, store: PortStore): PortStore {
    const labels = { agent: name };
    return measuredStore(store, {
      loaded: (seconds) => this.#recovery.set(labels, seconds),
      saved: (changes, seconds) => {
        this.#changes.observe(labels, changes);
        this.#seconds.observe(labels, seconds);
      },
      failed: () => this.#failures.inc(labels),
    });
  }

  dataPlaneMeter(name: string): DataPlaneMeter {
    const labels = { agent: name };
    return {
      applied: (seconds, changedFlows) => {
        this.#programming.observe(labels, seconds);
        this.#flowChanges.inc(labels, changedFlows);
      },
      failed: () => this.#flowFailures.inc(labels),
    };
  }

  measureAgent(name: string, measured: Measured): void {
    this.#measured.set(name, measured);
    // Whoever watches how a counter grows must see it before it does.
    for (const counter of [this.#sweeps, this.#swept, this.#failures]) counter.inc({ agent: name }, 0);
    measured.agent.onSwept((_generation, count) => {
      this.#sweeps.inc({ agent: name });
      this.#swept.inc({ agent: name }, count);
    });
  }

  #histogram(name: string, help: string, buckets: number[]): Histogram<'agent'> {
    return new Histogram({
      name: `vrouter_agent_${name}`,
      help,
      buckets,
      labelNames: ['agent'],
      registers: [this.registry],
    });
  }

  #counter(name: string, help: string): Counter<'agent'> {
    return new Counter({
      name: `vrouter_agent_${name}`,
      help,
      labelNames: ['agent'],
      registers: [this.registry],
    });
  }

  /** Counted where it happens or not at all until somebody asks: requests must not pay for it. */
  #atScrape(
    name: string,
    help: string,
    labels: readonly string[],
    read: (one: Measured) => (readonly [Record<string, string>, number])[],
  ): void {
    const measured = this.#measured;
    const metric = new (name.endsWith('_total') ? Counter : Gauge)({
      name: `vrouter_agent_${name}`,
      help,
      labelNames: ['agent', ...labels],
      registers: [],
      collect() {
        this.reset();
        for (const [agent, one] of measured)
          for (const [own, value] of read(one)) this.inc({ agent, ...own }, value);
      },
    });
    this.registry.registerMetric(metric);
  }
}
