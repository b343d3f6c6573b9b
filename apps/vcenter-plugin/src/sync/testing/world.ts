import assert from 'node:assert/strict';
import type { Outcome } from '@vrouter/agent-client';
import type { DesiredPort } from '../../binding/desired-port.ts';
import { step } from '../agent-state.ts';
import { rowOf } from '../ledger-row.ts';
import type { SyncLimits } from '../limits.ts';
import { newEntry } from '../port-entry.ts';
import {
  newAgentState,
  type AgentState,
  type Effect,
  type InFlight,
  type Input,
  type LedgerRow,
} from '../state.ts';
import type { ModelAgent } from './model-agent.ts';
import { Timeline } from './timeline.ts';

/** What may happen to a request; chances from 0 to 1, drawn in this order. */
export interface Faults {
  readonly lostBefore: number;
  readonly lostAfter: number;
  readonly late: number;
  readonly serverError: number;
}

export const NO_FAULTS: Faults = { lostBefore: 0, lostAfter: 0, late: 0, serverError: 0 };

export const RESPONSE_MS = 5000;
const LATENCY_MS_MAX = 20;
const NOTE_DELAY_MS = 50;

/** A request as it left the plugin. */
export interface Sent {
  readonly kind: InFlight['kind'];
  readonly atMs: number;
  /** The ports that it was about. */
  readonly ids: readonly string[];
}

/** The real state machine of one agent against a model of that agent, in virtual time, from one seed. */
export class World {
  readonly agent: ModelAgent;
  readonly limits: SyncLimits;
  readonly #random: () => number;
  readonly #time = new Timeline();
  faults: Faults = NO_FAULTS;
  /** Answers in place of the agent, which then hears nothing. */
  script: (operation: InFlight) => Outcome | undefined = () => undefined;
  agentUp = true;
  /** It accepts connections and answers nothing. */
  agentHangs = false;
  desired = new Map<string, DesiredPort>();
  complete = false;
  parked = false;
  readonly sent: Sent[] = [];
  readonly probes: number[] = [];
  state: AgentState;
  #sawLateSync = false;
  #pluginLife = 0;
  #agentLife = 0;
  #cancelWake: () => void = () => undefined;
  readonly disk = new Map<string, LedgerRow>();
  readonly #notes = new Set<string>();

  constructor(agent: ModelAgent, limits: SyncLimits, random: () => number) {
    this.agent = agent;
    this.limits = limits;
    this.#random = random;
    this.state = newAgentState(limits);
  }

  get nowMs(): number {
    return this.#time.nowMs;
  }

  input(input: Input): void {
    const [state, effects] = step(this.state, input, this.nowMs);
    this.state = state;
    for (const effect of effects) this.#carryOut(effect);
    this.#checkInvariants();
  }

  /** Tells the plugin the desired ports as they are now. */
  publish(): void {
    this.complete = true;
    this.input({ kind: 'desired', ports: new Map(this.desired), parked: this.parked, moved: new Set() });
  }

  loseInventory(): void {
    this.complete = false;
    this.input({ kind: 'incomplete' });
  }

  /** A kill: notes that were not written are lost, what is under way may or may not arrive. */
  restartPlugin(): void {
    this.#pluginLife += 1;
    this.#cancelWake();
    this.#notes.clear();
    this.complete = false;
    this.state = newAgentState(this.limits);
    this.advance(200);
    this.input({ kind: 'ledger', rows: [...this.disk.values()] });
  }

  stopAgent(): void {
    this.agentUp = false;
    this.#agentLife += 1;
  }

  startAgent(keepsDisk: boolean): void {
    this.agentUp = true;
    this.agent.restart(this.nowMs, keepsDisk);
  }

  advance(ms: number): void {
    this.#time.advance(ms, () => this.#sweep());
  }

  /** What the plugin wants, and knows to have added since the last sync, is never swept. */
  #sweep(): void {
    if (!this.agentUp) return;
    const before = this.agent.swept.length;
    this.agent.sweep(this.nowMs);
    // A sync that arrives after its time is found out, and healed, only afterwards.
    if (this.#sawLateSync) return;
    for (const { id } of this.agent.swept.slice(before)) {
      const entry = this.state.ports.get(id);
      const safe =
        entry?.desired !== undefined &&
        entry.inFlight === undefined &&
        entry.held?.epoch === this.state.epoch;
      assert.ok(!safe, `port ${id} was swept although it was added after the last sync`);
    }
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'save':
        for (const entry of effect.entries) this.#write(entry.id);
        break;
      case 'note':
        for (const entry of effect.entries) this.#notes.add(entry.id);
        this.#time.at(NOTE_DELAY_MS, () => {
          for (const id of this.#notes) this.#write(id);
          this.#notes.clear();
        });
        break;
      case 'send':
        this.#send(effect.operation);
        break;
      case 'probe': {
        this.probes.push(this.nowMs);
        const life = this.#pluginLife;
        this.#time.at(2, () => {
          if (life === this.#pluginLife)
            this.input({ kind: 'probed', accepts: this.agentUp, random: this.#random() });
        });
        break;
      }
      case 'wake':
        this.#cancelWake();
        this.#cancelWake = this.#time.at(effect.atMs - this.nowMs, () => this.input({ kind: 'wake' }));
        break;
      default:
        effect satisfies never;
        throw new Error(`an effect that nobody knows: ${JSON.stringify(effect)}`);
    }
  }

  #write(id: string): void {
    const row = rowOf(this.state.ports.get(id) ?? newEntry(id));
    if (row.desired === undefined && row.held === undefined) this.disk.delete(id);
    else this.disk.set(id, row);
  }

  #send(operation: InFlight): void {
    this.sent.push({ kind: operation.kind, atMs: this.nowMs, ids: portIdsOf(operation) });
    if (operation.kind === 'sync') assert.ok(this.complete, 'a sync was sent without a complete inventory');
    assert.ok(!this.parked || operation.kind === 'add', `${operation.kind} was sent to a parked agent`);
    const plugin = this.#pluginLife;
    const answer = (outcome: Outcome): void => {
      if (plugin === this.#pluginLife)
        this.input({ kind: 'outcome', operationId: operation.id, outcome, random: this.#random() });
    };
    const scripted = this.script(operation);
    if (scripted !== undefined) this.#time.at(1, () => answer(scripted));
    else if (!this.agentUp)
      this.#time.at(1, () => answer({ kind: 'unavailable', reason: 'connection refused', sent: false }));
    else if (this.agentHangs) this.#timeOut(answer);
    else this.#deliver(operation, answer);
  }

  /** Over a network with faults. */
  #deliver(operation: InFlight, answer: (outcome: Outcome) => void): void {
    const plugin = this.#pluginLife;
    const agent = this.#agentLife;
    const reset = (): void => answer({ kind: 'unavailable', reason: 'reset', sent: true });
    const alive = (): boolean => this.agentUp && agent === this.#agentLife;
    const latency = (): number => 1 + Math.floor(this.#random() * LATENCY_MS_MAX);
    let chance = this.#random();
    const drawn = (share: number): boolean => (chance -= share) < 0;

    if (drawn(this.faults.lostBefore)) this.#time.at(latency(), reset);
    else if (drawn(this.faults.lostAfter))
      this.#time.at(latency(), () => {
        if (alive()) this.agent.apply(operation, this.nowMs);
        reset();
      });
    else if (drawn(this.faults.late)) {
      if (operation.kind === 'sync') this.#sawLateSync = true;
      this.#timeOut(answer);
      // With the plugin its connections die, and what they still carried.
      this.#time.at(this.#random() * (RESPONSE_MS + this.limits.settleMs - 100), () => {
        if (alive() && plugin === this.#pluginLife) this.agent.apply(operation, this.nowMs);
      });
    } else if (drawn(this.faults.serverError))
      this.#time.at(latency(), () =>
        answer({ kind: 'unavailable', reason: 'disk full', sent: true, status: 500 }),
      );
    else
      this.#time.at(latency(), () => {
        if (!alive()) return reset();
        const outcome = this.agent.apply(operation, this.nowMs);
        this.#time.at(latency(), () => (alive() ? answer(outcome) : reset()));
      });
  }

  #timeOut(answer: (outcome: Outcome) => void): void {
    this.#time.at(RESPONSE_MS, () =>
      answer({ kind: 'unavailable', reason: 'time-out', sent: true, late: true }),
    );
  }

  #checkInvariants(): void {
    const operations = [...this.state.inFlight.values()];
    const busy = operations.flatMap(portIdsOf);
    assert.equal(new Set(busy).size, busy.length, 'two requests of one port are under way');
    const syncing = operations.some(({ kind }) => kind === 'sync');
    assert.ok(!syncing || operations.length === 1, 'something else is under way during a sync');
    assert.ok(operations.length <= this.limits.concurrencyMax, 'too many requests are under way');
  }
}

function portIdsOf(operation: InFlight): string[] {
  if (operation.kind === 'sync') return [];
  return operation.kind === 'add' ? operation.items.map(({ entry }) => entry.id) : [operation.entry.id];
}
