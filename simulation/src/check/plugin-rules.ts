import type { Outcome } from '@vrouter/agent-client';
import type { AgentRequest } from '@vrouter/agent-client/wire';
import type { Clock } from '@vrouter/service-kit';
import { textsOf, Violation, type Ask } from '@vrouter/testkit/history';
import { HANDOVER_MS_MAX, type LedgerEntry, type SyncLimits } from '@vrouter/vcenter-plugin/simulation';
import { BrakeOracle } from './brake-oracle.ts';
import type { Wanted, WantedAgent } from './wanted.ts';

interface Call {
  readonly ask: Ask;
  readonly settled: (outcome: Outcome) => void;
}

interface Former {
  readonly wanted: Wanted;
  /** Infinity: it is wanted nowhere. */
  readonly untilMs: number;
  /** It was where it moves to: whatever becomes of it there, it may leave. */
  readonly hasArrived?: boolean;
}

/** What is so, whether the plugin knows it or not. */
export interface Truth {
  /** The port has arrived where it moves to, or nobody is there to take it. */
  isElsewhere(id: string): boolean;
  /** Of the port that the agent has; undefined when it has none. */
  identityOf(id: string): string | undefined;
}

/** What the plugin may send to one agent at any moment, given what it was told and what it heard. */
export class PluginRules {
  readonly #clock: Clock;
  readonly #limits: SyncLimits;
  readonly #responseMs: number;
  readonly brake: BrakeOracle;
  readonly #calls = new Map<number, Call>();
  /** Identities that the agent may have got, by port; an unknown outcome keeps one in. */
  readonly #sentTo = new Map<string, Set<string>>();
  /** Ports of adds that were given up: they may come after a delete. */
  readonly #mayArriveLate = new Set<string>();
  /** What was wanted until a moment ago: a port that moves keeps it for a while. */
  readonly #formerly = new Map<string, Former>();
  #wanted: ReadonlyMap<string, Wanted> = new Map();
  /** What other agents are to have. */
  #elsewhere: ReadonlySet<string> = new Set();
  #isComplete = false;
  #isParked = false;
  #owesSync = true;
  /** A sync was asked for while another one was under way, whose answer says nothing about it. */
  #owesAnother = false;
  /** The agent may have taken a sync of this life of the plugin. */
  #hasBegun = false;
  /** Since the last answer to a sync, one may have been taken of which nothing was heard. */
  #isUnanswered = false;
  #threatenedUntilMs = 0;
  /** Until then a sync that timed out may arrive; for as long after an agent that was not heard is heard again. */
  #lateSyncUntilMs = 0;
  #heardAtMs = 0;
  #isUnheard = false;

  constructor(clock: Clock, limits: SyncLimits, responseMs: number) {
    this.#clock = clock;
    this.#limits = limits;
    this.#responseMs = responseMs;
    this.brake = new BrakeOracle(limits.brake);
  }

  get isParked(): boolean {
    return this.#isParked;
  }

  get wanted(): ReadonlyMap<string, Wanted> {
    return this.#wanted;
  }

  /** May the agent have got this port from the plugin? */
  hasSent(id: string): boolean {
    return this.#sentTo.has(id);
  }

  /** Ports that move from here, and have not arrived yet. */
  get leaving(): readonly string[] {
    return [...this.#formerly]
      .filter(([, { untilMs, hasArrived }]) => untilMs !== Infinity && hasArrived !== true)
      .map(([id]) => id);
  }

  arrived(id: string): void {
    const former = this.#formerly.get(id);
    if (former !== undefined) this.#formerly.set(id, { ...former, hasArrived: true });
  }

  /** A new life of the plugin, which knows what is in its ledger, and no more. */
  started(rows: readonly LedgerEntry[]): void {
    this.#calls.clear();
    this.#formerly.clear();
    const wanted = new Map<string, Wanted>();
    for (const { portId, desired, held } of rows) {
      if (desired !== undefined) wanted.set(portId, { ...textsOf(desired.port), enabled: desired.enabled });
      // For all it knows, the agent has one of these.
      for (const known of [desired, held])
        if (known !== undefined) this.#sends(portId, textsOf(known.port).identity);
    }
    this.#wanted = wanted;
    this.#isComplete = false;
    this.#owesSync = true;
    this.#owesAnother = false;
    this.#hasBegun = false;
    this.brake.forget();
  }

  incomplete(): void {
    this.#isComplete = false;
  }

  resyncAsked(): void {
    this.#owesSync = true;
    this.#owesAnother = [...this.#calls.values()].some(({ ask }) => ask.kind === 'sync');
  }

  /** The plugin stood still since `sinceMs`: what it was to leave meanwhile, it leaves from now on. */
  stoodStill(sinceMs: number): void {
    const nowMs = this.#clock.now();
    for (const [id, former] of this.#formerly)
      if (former.untilMs >= sinceMs && former.untilMs < nowMs)
        this.#formerly.set(id, { ...former, untilMs: nowMs });
  }

  /** A complete inventory; `elsewhere`: what other agents are to have. */
  told(next: WantedAgent, elsewhere: ReadonlySet<string>): void {
    const nowMs = this.#clock.now();
    if (this.#isParked && !next.parked) this.resyncAsked();
    this.#isComplete = true;
    this.#isParked = next.parked;
    const gone = [...this.#wanted].filter(([id]) => !next.ports.has(id));
    const moved = gone.filter(([id]) => elsewhere.has(id));
    for (const [id, wanted] of gone) {
      const untilMs = elsewhere.has(id) ? nowMs + HANDOVER_MS_MAX : Infinity;
      this.#formerly.set(id, { wanted, untilMs });
    }
    // What the brake kept may appear on another host: then it moves like any other.
    for (const id of this.brake.held) {
      const former = this.#formerly.get(id);
      if (former !== undefined && former.untilMs === Infinity && elsewhere.has(id) && !next.ports.has(id))
        this.#formerly.set(id, { ...former, untilMs: nowMs + HANDOVER_MS_MAX });
    }
    const missing = [...gone.map(([id]) => id), ...this.brake.held].filter(
      (id) => !next.ports.has(id) && !elsewhere.has(id),
    );
    const moving = [...this.#formerly].filter(
      ([id, { untilMs }]) => untilMs !== Infinity && untilMs >= nowMs && !next.ports.has(id),
    );
    const before = this.#wanted.size - moved.length + moving.length + this.brake.held.length;
    this.brake.told(before, [...new Set(missing)], moving.length, nowMs);
    this.#wanted = next.ports;
    this.#elsewhere = elsewhere;
  }

  sent(call: number, request: AgentRequest, ask: Ask, truth: Truth): void {
    const nowMs = this.#clock.now();
    const ids = idsOf(ask);
    this.#checkBounds(ids, ask);
    if (!isTyped(request)) throw new Violation('type-in-every-request', `${request.method} ${request.path}`);
    if (ask.kind === 'sync') this.#checkSync(nowMs);
    else this.#checkOrder(ask, nowMs);
    if (ask.kind === 'add') this.#checkAdd(ask.ports, nowMs);
    if (ask.kind === 'delete') this.#checkDelete(ask.id, nowMs, truth);
    this.#calls.set(call, { ask, settled: (outcome) => this.#learn(ask, outcome) });
  }

  settled(call: number, outcome: Outcome): void {
    const known = this.#calls.get(call);
    this.#calls.delete(call);
    if (outcome.kind === 'unavailable' && outcome.status === undefined) this.#isUnheard = true;
    else this.#heard();
    known?.settled(outcome);
  }

  /** Does the agent accept a connection? */
  probed(accepts: boolean): void {
    if (!accepts) this.#isUnheard = true;
  }

  /** Does the brake of the plugin hold what is no mass removal? */
  checkBrake(isHolding: boolean): void {
    // Ports that were kept for another agent, and then went altogether, are removals as well.
    const sinceMs = this.#clock.now() - this.#limits.brake.holdMs;
    const mayBeGone = [...this.#formerly].some(
      ([id, { untilMs }]) => untilMs !== Infinity && untilMs >= sinceMs && !this.#elsewhere.has(id),
    );
    if (isHolding && this.brake.held.length === 0 && !mayBeGone)
      throw new Violation('brake-needless', 'the brake holds ports that moved, or that are wanted');
  }

  #checkBounds(ids: readonly string[], ask: Ask): void {
    const others = [...this.#calls.values()].map((call) => call.ask);
    const busy = new Set(others.flatMap(idsOf));
    const twice = ids.find((id) => busy.has(id));
    if (twice !== undefined) throw new Violation('one-request-per-port', `port ${twice}`);
    if (others.some(({ kind }) => kind === 'sync') || (ask.kind === 'sync' && others.length > 0))
      throw new Violation('sync-alone', `${ask.kind} beside ${others.map(({ kind }) => kind).join(', ')}`);
    if (others.length >= this.#limits.concurrencyMax || ids.length > this.#limits.arrayLengthMax)
      throw new Violation('bounds', `${others.length + 1} requests under way, ${ids.length} ports in one`);
  }

  #checkSync(nowMs: number): void {
    if (!this.#isComplete) throw new Violation('sync-needs-inventory', 'the inventory is not complete');
    if (this.#isParked) throw new Violation('parked-is-quiet', 'a sync was sent');
    if (this.brake.isOn(nowMs) === 'yes') throw new Violation('brake-holds', 'a sync was sent');
    this.#owesSync = true;
    this.#owesAnother = false;
    this.#threatenedUntilMs = this.#threatMs() + this.#responseMs;
  }

  /** An agent that hung reads only now what was given up meanwhile. */
  #heard(): void {
    if (this.#isUnheard && this.#lateSyncUntilMs > this.#heardAtMs) {
      this.#lateSyncUntilMs = this.#clock.now() + this.#limits.settleMs;
      this.#threatenedUntilMs = Math.max(this.#threatenedUntilMs, this.#threatMs());
    }
    this.#isUnheard = false;
    this.#heardAtMs = this.#clock.now();
  }

  /** Until when a sync may sweep that was given up now. */
  #threatMs(): number {
    return this.#clock.now() + this.#limits.settleMs + this.#limits.staleTimeoutMs;
  }

  #checkOrder(ask: Ask, nowMs: number): void {
    if (this.#isParked && (ask.kind !== 'add' || nowMs > this.#threatenedUntilMs))
      throw new Violation('parked-is-quiet', `${ask.kind} was sent`);
    const syncMaySent = this.#isComplete && !this.#isParked && this.brake.isOn(nowMs) === 'no';
    if (!this.#hasBegun && this.brake.isOn(nowMs) === 'no')
      throw new Violation('sync-first', `${ask.kind} was sent before the first sync of this life`);
    const isSaved = ask.kind === 'add' && this.#isUnanswered;
    if (this.#owesSync && syncMaySent && !isSaved)
      throw new Violation('sync-first', `${ask.kind} was sent before it`);
  }

  #checkAdd(ports: (Ask & { kind: 'add' })['ports'], nowMs: number): void {
    for (const { id, record, identity } of ports) {
      const desired = this.#wanted.get(id) ?? this.#kept(id, nowMs);
      if (desired?.record !== record)
        throw new Violation(
          'add-as-desired',
          `port ${id}: desired ${desired?.record ?? 'nothing'}, sent ${record}`,
        );
      this.#sends(id, identity);
    }
  }

  #checkDelete(id: string, nowMs: number, truth: Truth): void {
    const desired = this.#wanted.get(id);
    const isHeld = this.brake.holds(id, nowMs) === 'yes';
    const kept = desired ?? (isHeld ? this.#formerly.get(id)?.wanted : undefined);
    const sent = [...(this.#sentTo.get(id) ?? [])];
    const isRight = [truth.identityOf(id), ...sent].every((identity) => identity === kept?.identity);
    if (kept !== undefined && isRight)
      throw new Violation(isHeld ? 'brake-holds' : 'needless-delete', `port ${id} was deleted`);
    const former = this.#formerly.get(id);
    const isMoving = former !== undefined && desired === undefined && nowMs < former.untilMs;
    const mayLeave = former?.untilMs === Infinity || former?.hasArrived === true;
    if (isMoving && !mayLeave && !truth.isElsewhere(id))
      throw new Violation('make-before-break', `port ${id} is deleted before it is elsewhere`);
  }

  /** Held by the brake, or until it has arrived elsewhere. */
  #kept(id: string, nowMs: number): Wanted | undefined {
    const former = this.#formerly.get(id);
    if (former === undefined) return undefined;
    const isMoving = former.untilMs !== Infinity && nowMs <= former.untilMs;
    return isMoving || this.brake.holds(id, nowMs) !== 'no' ? former.wanted : undefined;
  }

  #sends(id: string, identity: string): void {
    this.#sentTo.set(id, (this.#sentTo.get(id) ?? new Set()).add(identity));
  }

  #learn(ask: Ask, outcome: Outcome): void {
    if (ask.kind === 'sync') {
      this.#isUnanswered = outcome.kind === 'unavailable' && (outcome.sent || this.#isUnanswered);
      if (outcome.kind === 'done') this.#owesSync = this.#owesAnother;
      // A plugin that stood still gave up later than its time-out says.
      const isLate = outcome.kind === 'unavailable' && outcome.late === true;
      if (isLate) {
        this.#lateSyncUntilMs = this.#clock.now() + this.#limits.settleMs;
        this.#threatenedUntilMs = Math.max(this.#threatenedUntilMs, this.#threatMs());
      }
      this.#hasBegun ||= outcome.kind === 'done' || this.#isUnanswered;
    }
    if (ask.kind === 'delete' && outcome.kind === 'done' && !this.#mayArriveLate.has(ask.id))
      this.#sentTo.delete(ask.id);
    if (ask.kind !== 'add') return;
    const isLate = outcome.kind === 'unavailable' && outcome.late === true;
    if (isLate) for (const { id } of ask.ports) this.#mayArriveLate.add(id);
  }
}

function idsOf(ask: Ask): string[] {
  if (ask.kind === 'sync') return [];
  return ask.kind === 'add' ? ask.ports.map(({ id }) => id) : [ask.id];
}

function isTyped({ method, path, body }: AgentRequest): boolean {
  if (method !== 'POST') return path.endsWith('?type=2');
  const sent: unknown = JSON.parse(body ?? '{}');
  return (Array.isArray(sent) ? sent : [sent]).every((one) => (one as { type?: unknown }).type === 2);
}
