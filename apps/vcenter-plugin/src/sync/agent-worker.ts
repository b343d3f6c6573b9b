import type { AgentClient, Outcome } from '@vrouter/agent-client';
import { sameIdentity, type Port } from '@vrouter/port-model';
import type { Clock, Logger } from '@vrouter/service-kit';
import type { DesiredPort } from '../binding/desired-port.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { step } from './agent-state.ts';
import { rowOf } from './ledger-row.ts';
import type { SyncLimits } from './limits.ts';
import { newEntry } from './port-entry.ts';
import {
  agentReport,
  pendingOperation,
  portReport,
  portReports,
  retries,
  type AgentReport,
  type PortReport,
  type Retry,
} from './report.ts';
import { newAgentState, type AgentState, type Effect, type InFlight, type Input } from './state.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Notes are written together, this long after the first. */
const NOTE_DELAY_MS = 50;

export interface WorkerParts {
  readonly name: string;
  readonly client: AgentClient;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: SyncLimits;
  readonly log: Logger;
  /** Told after each answer of the agent, and after each that did not come. */
  readonly onProgress?: () => void;
  /** Told of an error that must end the process: the ledger cannot keep what it must. */
  readonly onFatal: (error: unknown) => void;
}

/** Carries out what the state of one agent asks for: the only place that talks to that agent. */
export class AgentWorker {
  readonly #parts: WorkerParts;
  readonly #running = new Set<Promise<void>>();
  readonly #noted = new Set<string>();
  readonly #stopping = new AbortController();
  #state: AgentState;
  #failed = false;
  #cancelWake: (() => void) | undefined;
  #cancelNotes: (() => void) | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#state = newAgentState(parts.limits);
    this.#dispatch({ kind: 'ledger', rows: parts.ledger.load(parts.name) });
  }

  /** A complete inventory wants exactly these ports. */
  desire(
    ports: ReadonlyMap<string, DesiredPort>,
    parked: boolean,
    moved: ReadonlySet<string> = NOTHING,
  ): void {
    const wasHeldBack = this.#state.heldBack.size;
    this.#dispatch({ kind: 'desired', ports, parked, moved });
    const heldBack = this.#state.heldBack.size;
    if (heldBack > wasHeldBack) {
      const { name, log } = this.#parts;
      log.error(
        { agent: name, ports: heldBack },
        'brake: suspiciously many ports would go at once; see /readyz',
      );
    }
  }

  /** An operator agrees that what the brake holds back is gone. Returns how many ports that are. */
  releaseBrake(): number {
    const ports = this.#state.heldBack.size;
    this.#dispatch({ kind: 'release' });
    return ports;
  }

  /** The ports that it should have, as far as is known now. */
  desired(): Map<string, DesiredPort> {
    const ports = new Map<string, DesiredPort>();
    for (const { id, desired } of this.#state.ports.values())
      if (desired !== undefined) ports.set(id, desired);
    return ports;
  }

  /** The ports that the brake keeps although the inventory has them no more. */
  heldBack(): Map<string, DesiredPort> {
    const ports = new Map<string, DesiredPort>();
    for (const id of this.#state.heldBack.keys()) {
      const desired = this.#state.ports.get(id)?.desired;
      if (desired !== undefined) ports.set(id, desired);
    }
    return ports;
  }

  /** Has the agent confirmed everything about this port, and not only about the one that it was before? */
  isConfirmed({ port }: DesiredPort): boolean {
    const entry = this.#state.ports.get(port.id);
    if (entry?.desired === undefined || !sameIdentity(entry.desired.port, port)) return false;
    // One that was about to leave, and is wanted here again, is to be as it should.
    return pendingOperation(this.#state, { ...entry, leaving: false }) === undefined;
  }

  /** Is the agent there, as far as is known? */
  isAvailable(): boolean {
    return this.#state.connection.kind !== 'down';
  }

  /** It may hold `port`, says somebody who remembers: it is deleted, unless we know better. */
  suspect(port: Port): void {
    this.#dispatch({ kind: 'suspected', ports: [port] });
  }

  /** Would suspiciously much be taken away? */
  isBraked(): boolean {
    return this.#state.heldBack.size > 0;
  }

  /** The port as it should be and as the agent may have it; undefined when it certainly has not, and should not. */
  port(id: string): PortReport | undefined {
    const entry = this.#state.ports.get(id);
    return entry === undefined ? undefined : portReport(this.#state, entry);
  }

  /** The inventory cannot be read: no sync until it can. */
  inventoryLost(): void {
    this.#dispatch({ kind: 'incomplete' });
  }

  resync(): void {
    this.#dispatch({ kind: 'resync' });
  }

  report(): AgentReport {
    return agentReport(this.#state);
  }

  retries(): Retry[] {
    return retries(this.#state);
  }

  ports(): PortReport[] {
    return portReports(this.#state);
  }

  /** Sends nothing more, lets what is under way end or be cut, and writes the last notes. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancelWake?.();
    await Promise.all(this.#running);
    this.#writeNotes();
    await this.#parts.client.close();
  }

  /** Sends nothing more: what was sent and what is on disk may differ by now. */
  #fail(error: unknown): void {
    this.#failed = true;
    this.#stopping.abort();
    this.#parts.onFatal(error);
  }

  #dispatch(input: Input): void {
    if (this.#stopping.signal.aborted) return;
    try {
      const [state, effects] = step(this.#state, input, this.#parts.clock.now());
      this.#state = state;
      for (const effect of effects) this.#carryOut(effect);
    } catch (error) {
      this.#fail(error);
    }
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'save':
        this.#parts.ledger.save(this.#parts.name, effect.entries.map(rowOf));
        break;
      case 'note':
        for (const entry of effect.entries) this.#noted.add(entry.id);
        this.#cancelNotes ??= this.#parts.clock.schedule(NOTE_DELAY_MS, () => this.#writeNotes());
        break;
      case 'send':
        this.#run(this.#send(effect.operation));
        break;
      case 'probe':
        this.#run(this.#probe());
        break;
      case 'wake':
        this.#cancelWake?.();
        this.#cancelWake = this.#parts.clock.schedule(effect.atMs - this.#parts.clock.now(), () =>
          this.#dispatch({ kind: 'wake' }),
        );
        break;
    }
  }

  #run(task: Promise<void>): void {
    const owned = task
      .catch((error: unknown) => this.#fail(error))
      .finally(() => this.#running.delete(owned));
    this.#running.add(owned);
  }

  async #send(operation: InFlight): Promise<void> {
    const outcome = await this.#request(operation);
    this.#logOutcome(operation, outcome);
    this.#dispatch({ kind: 'outcome', operationId: operation.id, outcome, random: this.#parts.random() });
    this.#parts.onProgress?.();
  }

  #request(operation: InFlight): Promise<Outcome> {
    const { client } = this.#parts;
    const { signal } = this.#stopping;
    switch (operation.kind) {
      case 'sync':
        return client.sync(signal);
      case 'add': {
        const ports = operation.items.map((item) => item.port);
        const [only] = ports;
        return operation.array || only === undefined
          ? client.addAll(ports, signal)
          : client.add(only, signal);
      }
      case 'delete':
        return client.delete(operation.entry.id, signal);
      case 'enable':
        return client.enable(operation.entry.id, signal);
      case 'disable':
        return client.disable(operation.entry.id, signal);
      case 'verify':
        return client.get(operation.entry.id, signal);
    }
  }

  async #probe(): Promise<void> {
    const accepts = await this.#parts.client.probe(this.#stopping.signal);
    this.#dispatch({ kind: 'probed', accepts, random: this.#parts.random() });
    this.#parts.onProgress?.();
  }

  #writeNotes(): void {
    this.#cancelNotes?.();
    this.#cancelNotes = undefined;
    if (this.#noted.size === 0 || this.#failed) return;
    const rows = [...this.#noted].map((portId) => rowOf(this.#state.ports.get(portId) ?? newEntry(portId)));
    this.#noted.clear();
    try {
      this.#parts.ledger.save(this.#parts.name, rows);
    } catch (error) {
      this.#fail(error);
    }
  }

  #logOutcome(operation: InFlight, outcome: Outcome): void {
    const about = { agent: this.#parts.name, operation: operation.kind, ...subject(operation), outcome };
    if (outcome.kind === 'refused') this.#parts.log.error(about, 'agent refused');
    else if (outcome.kind === 'unavailable') this.#parts.log.warn(about, 'agent did not do it; will retry');
    else if (operation.kind === 'sync') this.#parts.log.info(about, 'agent synced');
    else this.#parts.log.debug(about, 'agent answered');
  }
}

function subject(operation: InFlight): Record<string, unknown> {
  if (operation.kind === 'sync') return {};
  return operation.kind === 'add'
    ? { ports: operation.items.length, portId: operation.items[0]?.entry.id }
    : { portId: operation.entry.id };
}
