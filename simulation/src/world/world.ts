import type { Outcome } from '@vrouter/agent-client';
import type { AgentRequest } from '@vrouter/agent-client/wire';
import { askOf, askText, textsOf, Violation, type Ask } from '@vrouter/testkit/history';
import type { InventoryState, Lifecycle, SyncLimits } from '@vrouter/vcenter-plugin/simulation';
import type { SimulatedAgent } from '../agent/simulated-agent.ts';
import type { AgentKind } from '../agent/open-agent.ts';
import { saidBy, type WireAnswer } from '../agent/wire.ts';
import { checkRemembered, checkSaved } from '../check/ledger-rules.ts';
import { shareOf, wantedOf, type WantedAgent } from '../check/wanted.ts';
import { SimulatedPlugin, type PluginWatch } from '../plugin/simulated-plugin.ts';
import { isFaultless } from './link.ts';
import { openStation, type StationParts } from './open-station.ts';
import type { RequestWatch } from './request-watch.ts';
import { toWire } from './simulated-client.ts';
import type { Station } from './station.ts';
import { Trace } from './trace.ts';
import { Vcenter } from './vcenter.ts';
import { TimeStandsStill, VirtualClock } from './virtual-clock.ts';

/** No trouble at a station for so long: whatever was under way is through. */
const CALM_MS = 30_000;
/** A change of vCenter has reached the plugin after that. */
const TOLD_MS_MAX = 1000;

export interface WorldOptions {
  readonly agents: readonly AgentKind[];
  readonly lifecycle: Lifecycle;
  readonly limits: SyncLimits;
  readonly vmsMax: number;
  /** Chance, in streams that do not depend on each other. */
  readonly randomOf: (stream: string) => () => number;
}

/** The whole: vCenter, plugin, network, agents and their disks, and everybody who watches them. */
export class World implements RequestWatch, PluginWatch {
  readonly clock = new VirtualClock();
  readonly trace = new Trace(this.clock, this.clock.startMs);
  readonly options: WorldOptions;
  readonly vcenter: Vcenter;
  readonly stations: readonly Station[];
  readonly plugin: SimulatedPlugin;
  readonly #calls = new Map<number, { readonly station: Station; readonly ask: Ask }>();
  /** The plugin is killed right after that many requests from now. */
  killAfterRequests = Infinity;
  requestCount = 0;
  /** The last moment at which anything went wrong anywhere, or anybody changed anything. */
  touchedAtMs = this.clock.now();
  /** By what the plugin was told last, unless that is lost. */
  #wanted: ReadonlyMap<string, WantedAgent> | undefined;
  #callCount = 0;
  #arrivalCount = 0;
  violation: Violation | undefined;

  constructor(options: WorldOptions) {
    this.options = options;
    const { limits, randomOf } = options;
    const parts: StationParts = {
      clock: this.clock,
      trace: this.trace,
      limits,
      randomOf,
      onTrouble: (station) => this.trouble(station),
      onSyncNeeded: (station) => this.askForSync(station),
    };
    this.stations = options.agents.map((kind, index) => openStation(parts, kind, index));
    const hosts = this.stations.map(({ agent }) => agent.host);
    this.vcenter = new Vcenter(hosts, options.vmsMax);
    const network = randomOf('network');
    this.plugin = new SimulatedPlugin({
      clock: this.clock,
      vcenter: this.vcenter,
      agents: this.stations.map(({ agent }) => agent),
      wiringOf: (agent) => ({
        agent,
        link: this.#of(agent).link,
        clock: this.clock,
        random: network,
        settleMs: limits.settleMs,
        watch: this,
      }),
      lifecycle: options.lifecycle,
      limits,
      random: randomOf('plugin'),
      watch: this,
    });
  }

  /** Goes on for `ms`, or until a promise is broken. */
  async advance(ms: number): Promise<void> {
    try {
      await this.clock.runUntil(this.clock.now() + ms, () => {
        this.attempt(() => this.#check());
        return this.violation !== undefined;
      });
    } catch (error) {
      if (!(error instanceof TimeStandsStill)) throw error;
      this.attempt(() => {
        throw new Violation('time-goes-on', error.message);
      });
    }
  }

  /** Keeps the first violation; everything after it follows from it. */
  attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      this.violation ??= error;
      this.trace.line(`VIOLATION ${error.message}`);
    }
  }

  /** Something goes wrong, or is changed, at `station`. */
  trouble(station: Station): void {
    station.troubledAtMs = this.clock.now();
    station.brokenAtMs = this.clock.now();
    this.touchedAtMs = this.clock.now();
  }

  /** Has nothing been wrong for `calmMs` that this agent's ports depend on, nor anything changed? */
  isCalm({ agent, link, rules, troubledAtMs, isGone }: Station, calmMs: number): boolean {
    const { plugin, vcenter, clock } = this;
    return (
      clock.now() - troubledAtMs >= calmMs &&
      clock.now() - this.touchedAtMs > TOLD_MS_MAX &&
      !isGone &&
      plugin.isUp &&
      !plugin.isPaused &&
      !plugin.ledger.isFull &&
      vcenter.isSeenWhole &&
      !rules.isParked &&
      agent.isWell &&
      link.state === 'open' &&
      isFaultless(link.faults)
    );
  }

  /** An operator asks for a sync. */
  askForSync(station: Station): void {
    const worker = this.plugin.core?.fleet.member(station.agent.name)?.worker;
    if (worker === undefined) return;
    this.trouble(station);
    station.rules.resyncAsked();
    worker.resync();
  }

  /** Where an agent is can be seen, or not. */
  setGone(station: Station, isGone: boolean): void {
    if (station.isGone === isGone) return;
    this.trouble(station);
    station.isGone = isGone;
    this.plugin.setGone(station.agent.name, isGone);
  }

  /** Somebody else asks something of an agent, who must be up. */
  meddle(station: Station, kind: string, request: AgentRequest, onRead?: () => void): void {
    const { agent } = station;
    const call = ++this.#callCount;
    const ask = askOf(kind, request.path, request.body ?? '');
    this.trace.line(`somebody -> ${agent.name} #${call} ${askText(ask)}`);
    this.#calls.set(call, { station, ask });
    agent.handle(
      toWire(request),
      () => {
        onRead?.();
        return this.arrived(call, agent);
      },
      (arrival, answer) => this.answered(arrival, agent, answer),
    );
  }

  troubleEverywhere(): void {
    for (const station of this.stations) this.trouble(station);
  }

  sent(agent: SimulatedAgent, kind: string, request: AgentRequest): number {
    const station = this.#of(agent);
    const call = ++this.#callCount;
    this.requestCount += 1;
    const ask = askOf(kind, request.path, request.body ?? '');
    this.trace.line(`plugin -> ${agent.name} #${call} ${askText(ask)}`);
    this.trace.visit(`request ${kind}${ask.kind === 'add' && ask.ports.length > 1 ? ' array' : ''}`);
    this.attempt(() =>
      station.rules.sent(call, request, ask, {
        isElsewhere: (id) => this.#isElsewhere(station, id),
        identityOf: (id) => {
          const entry = agent.ports.get(id);
          return entry && textsOf(entry.port).identity;
        },
      }),
    );
    this.attempt(() => checkSaved(ask, (id) => this.plugin.ledger.row(agent.name, id)));
    this.attempt(() => station.pace.sent(call));
    this.#calls.set(call, { station, ask });
    this.#seePhase(station);
    // A moment later, when it is on its way.
    if (--this.killAfterRequests === 0) this.clock.schedule(0, () => this.plugin.kill());
    return call;
  }

  met(call: number, fate: string): void {
    this.trace.visit(`network ${fate}`);
    this.trace.line(`#${call} meets: ${fate}`);
    const station = this.#calls.get(call)?.station;
    // Where only answers are lost, the plugin must do no harm all the same.
    if (station !== undefined && fate !== 'mute') this.trouble(station);
  }

  arrived(call: number, agent: SimulatedAgent): number {
    const arrival = ++this.#arrivalCount;
    const station = this.#of(agent);
    station.isDirty = true;
    const known = this.#calls.get(call);
    this.trace.line(`${agent.name} reads #${call}`);
    if (known !== undefined) station.model.arrived(arrival, known.ask);
    return arrival;
  }

  answered(arrival: number, agent: SimulatedAgent, answer: WireAnswer | 'close'): void {
    this.trace.line(
      `${agent.name} answers ${answer === 'close' ? answer : `${answer.status} ${answer.text}`}`,
    );
    const station = this.#of(agent);
    station.isDirty = true;
    this.attempt(() => station.model.answered(arrival, saidBy(answer)));
  }

  settled(call: number, outcome: Outcome): void {
    const known = this.#calls.get(call);
    this.trace.line(`#${call} is ${JSON.stringify(outcome)}`);
    if (known === undefined) return;
    const { station, ask } = known;
    this.trace.visit(`outcome ${ask.kind} ${outcome.kind}`);
    this.attempt(() => station.rules.settled(call, outcome));
    station.pace.settled(call, outcome);
    this.#noteArrivals();
    this.#seePhase(station);
  }

  probed(agent: SimulatedAgent, accepts: boolean): void {
    const { pace, rules } = this.#of(agent);
    pace.probed(accepts);
    rules.probed(accepts);
  }

  started(): void {
    this.trace.line('plugin starts');
    this.#wanted = undefined;
  }

  opened(agent: SimulatedAgent): void {
    this.trace.line(`plugin talks to ${agent.name}`);
    const { rules, pace } = this.#of(agent);
    rules.started(this.plugin.ledger.rows(agent.name));
    pace.started();
    if (this.#wanted !== undefined) this.#tell([this.#of(agent)], this.#wanted);
  }

  died(): void {
    this.killAfterRequests = Infinity;
    this.trace.line('plugin is gone');
    for (const station of this.stations) {
      station.phase = 'none';
      this.attempt(() => this.#checkRemembered(station));
    }
    this.troubleEverywhere();
  }

  resumed(sinceMs: number): void {
    for (const { rules } of this.stations) rules.stoodStill(sinceMs);
  }

  told(state: InventoryState): void {
    for (const station of this.stations) {
      station.troubledAtMs = this.clock.now();
      station.pace.told();
    }
    this.clock.schedule(0, () => this.stations.forEach((station) => this.#seePhase(station)));
    if (!state.complete) {
      this.trace.line(`plugin is told: ${state.reason}`);
      this.#wanted = undefined;
      for (const { rules } of this.stations) rules.incomplete();
      return;
    }
    const wanted = wantedOf(state.inventory, this.options.lifecycle);
    this.#wanted = wanted;
    const count = [...wanted.values()].reduce((sum, { ports }) => sum + ports.size, 0);
    this.trace.line(`plugin is told of ${state.inventory.vms.length} VMs, ${count} ports`);
    this.#tell(this.stations, wanted);
  }

  #tell(stations: readonly Station[], wanted: ReadonlyMap<string, WantedAgent>): void {
    for (const { agent, rules } of stations) {
      const { own, elsewhere } = shareOf(wanted, agent.host);
      rules.told(own, elsewhere);
      if (rules.brake.hold === 'yes') this.trace.visit('brake holds');
    }
  }

  broke(error: unknown): void {
    this.attempt(() => {
      throw new Violation('keeps-running', `the plugin ended: ${(error as Error).stack ?? String(error)}`);
    });
  }

  /** The real agent may have brought back what was taken away long ago. */
  #checkRemembered({ agent, rules }: Station): void {
    if (agent.kind.profile === 'tf') return;
    // What it reads so late, an add after the delete that came later, is for the sweep to take.
    if (this.clock.now() < agent.wokeAtMs + 3 * CALM_MS) return;
    const ids = [...agent.ports.keys()].filter((id) => rules.hasSent(id));
    checkRemembered(ids, (id) => this.plugin.ledger.row(agent.name, id));
  }

  #check(): void {
    for (const station of this.stations) {
      const { agent, model, rules } = station;
      if (!agent.isUp || !(station.isDirty || station.portCount !== agent.ports.size)) continue;
      station.isDirty = false;
      station.portCount = agent.ports.size;
      for (const { id, records } of model.check(agent.ports)) {
        this.trace.line(`${agent.name} swept port ${id.slice(0, 8)}`);
        this.trace.visit('port swept');
        const isCalm = station.troubledAtMs + CALM_MS < model.lastSyncMs;
        // One that became another, of which an agent that is not heard cannot be told, is none that is desired.
        const identity = rules.wanted.get(id)?.identity;
        const isDesired = records.some((record) => record.startsWith(`${identity} `));
        if (isCalm && isDesired && this.plugin.isUp)
          throw new Violation('swept-although-desired', `port ${id} of ${agent.name}`);
      }
    }
  }

  /** Has the port, as it is now, arrived where it moves to, or is nobody there to take it? */
  #isElsewhere(from: Station, id: string): boolean {
    return this.stations.every((station) => {
      const wanted = station.rules.wanted.get(id);
      if (station === from || wanted === undefined) return true;
      const { agent, link, rules, brokenAtMs, taken, isGone } = station;
      const isThere =
        !isGone && agent.isWell && !rules.isParked && link.state === 'open' && isFaultless(link.faults);
      const isCalm = isThere && this.clock.now() - brokenAtMs > CALM_MS;
      if (!isCalm || taken.has(id)) return true;
      return this.#hasAsWanted(station, id);
    });
  }

  /** As far as the plugin can know it by now. */
  #noteArrivals(): void {
    for (const { rules } of this.stations)
      for (const id of rules.leaving)
        if (this.stations.some((to) => this.#hasAsWanted(to, id))) rules.arrived(id);
  }

  #hasAsWanted({ agent, rules }: Station, id: string): boolean {
    const entry = agent.ports.get(id);
    const wanted = rules.wanted.get(id);
    return entry !== undefined && textsOf(entry.port).identity === wanted?.identity;
  }

  #seePhase(station: Station): void {
    const report = this.plugin.core?.fleet.member(station.agent.name)?.report();
    if (report === undefined) return;
    if (report.reachable !== undefined) this.trace.visit(`reachable ${report.reachable}`);
    if (report.phase !== station.phase) {
      this.trace.visit(`phase ${report.phase}`);
      this.trace.visit(`transition ${station.phase} to ${report.phase}`);
      station.phase = report.phase;
    }
    this.attempt(() => station.rules.checkBrake(report.brake !== null));
  }

  #of(agent: SimulatedAgent): Station {
    return this.stations.find((station) => station.agent === agent) as Station;
  }
}
