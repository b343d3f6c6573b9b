import type { AgentClient, Outcome } from '@vrouter/agent-client';
import {
  addAllRequest,
  addRequest,
  classifyChange,
  classifyRead,
  deleteRequest,
  disableRequest,
  enableRequest,
  getRequest,
  syncRequest,
  type AgentRequest,
} from '@vrouter/agent-client/wire';
import type { SimulatedAgent } from '../agent/simulated-agent.ts';
import type { WireAnswer, WireRequest } from '../agent/wire.ts';
import type { Life } from './life.ts';
import { fateOf, type Link } from './link.ts';
import type { RequestWatch } from './request-watch.ts';
import type { VirtualClock } from './virtual-clock.ts';

export const CONNECT_MS = 1000;
export const RESPONSE_MS = 5000;
const LATENCY_MS_MAX = 20;
const SLOW_MS_MAX = 4000;
const RETRIED_MS_MAX = 2000;
/** A connection is kept so long; then a request needs a new one. */
const KEPT_MS = 10_000;
/** When a process dies, what its kernel still has to send arrives within this. */
const LAST_WORDS_MS_MAX = 100;

export interface Wiring {
  readonly agent: SimulatedAgent;
  readonly link: Link;
  readonly clock: VirtualClock;
  readonly random: () => number;
  /** A request that was given up may arrive until so long after. */
  readonly settleMs: number;
  readonly watch: RequestWatch;
}

type Exchange = (
  outcome: WireAnswer | { readonly failure: string; readonly sent: boolean; late?: boolean },
) => void;

/** The plugin's client of one agent over a network with faults, for one life of the plugin. */
export class SimulatedClient implements AgentClient {
  readonly url: string;
  readonly #wiring: Wiring;
  readonly #life: Life;
  /** Requests on their way; called off when the process dies, or delivered as its last words. */
  readonly #travelling = new Set<() => void>();
  #connectedUntilMs = 0;

  constructor(url: string, wiring: Wiring, life: Life) {
    this.url = url;
    this.#wiring = wiring;
    this.#life = life;
  }

  add: AgentClient['add'] = (port, signal) => this.#send('add', addRequest(port), classifyChange, signal);
  addAll: AgentClient['addAll'] = (ports, signal) =>
    this.#send('add', addAllRequest(ports), classifyChange, signal);
  delete: AgentClient['delete'] = (id, signal) =>
    this.#send('delete', deleteRequest(id), classifyChange, signal);
  enable: AgentClient['enable'] = (id, signal) =>
    this.#send('enable', enableRequest(id), classifyChange, signal);
  disable: AgentClient['disable'] = (id, signal) =>
    this.#send('disable', disableRequest(id), classifyChange, signal);
  sync: AgentClient['sync'] = (signal) => this.#send('sync', syncRequest(), classifyChange, signal);
  get: AgentClient['get'] = (id, signal) =>
    this.#send('get', getRequest(id), (status, text) => classifyRead(id, status, text), signal);

  probe: AgentClient['probe'] = () =>
    new Promise((resolve) => {
      const { agent, link, watch } = this.#wiring;
      const tell = (accepts: boolean): void => {
        watch.probed(agent, accepts);
        resolve(accepts);
      };
      if (link.state !== 'open') this.#life.schedule(CONNECT_MS, () => tell(false));
      else this.#life.schedule(this.#latencyMs(), () => tell(agent.isUp));
    });

  close: AgentClient['close'] = async () => this.die();

  /** Its connections are gone: what it had sent arrives very soon, or never. */
  die(): void {
    const { clock, random } = this.#wiring;
    for (const deliver of this.#travelling) {
      if (random() < 0.5) clock.schedule(random() * LAST_WORDS_MS_MAX, deliver);
    }
    this.#travelling.clear();
  }

  #send<T extends Outcome>(
    kind: string,
    request: AgentRequest,
    classify: (status: number, text: string) => T,
    signal: AbortSignal | undefined,
  ): Promise<T | (Outcome & { kind: 'unavailable' })> {
    const { agent, watch } = this.#wiring;
    if (this.#life.isOver) return new Promise(() => undefined);
    const call = watch.sent(agent, kind, request);
    return new Promise((resolve) => {
      let isSettled = false;
      const settle = (outcome: T | (Outcome & { kind: 'unavailable' })): void => {
        if (isSettled || this.#life.isOver) return;
        isSettled = true;
        watch.settled(call, outcome);
        resolve(outcome);
      };
      signal?.addEventListener('abort', () =>
        settle({ kind: 'unavailable', reason: 'called off', sent: true, late: true }),
      );
      this.#exchange(toWire(request), call, (got) => {
        if ('failure' in got) {
          const { failure, sent, late } = got;
          settle({ kind: 'unavailable', reason: failure, sent, ...(late === true && { late }) });
        } else settle(classify(got.status, got.text));
      });
    });
  }

  #exchange(request: WireRequest, call: number, done: Exchange): void {
    const { agent, link, clock, random, settleMs, watch } = this.#wiring;
    const fate = fateOf(link.faults, random);
    const isReached = (): boolean => link.state === 'open' || link.state === 'mute';
    const isConnected = clock.now() < this.#connectedUntilMs;
    if (!isReached()) {
      watch.met(call, `${link.state}${isConnected ? '-connected' : ''}`);
      if (isConnected) this.#giveUp(done);
      else this.#life.schedule(CONNECT_MS, () => done({ failure: 'connect time-out', sent: false }));
      return;
    }
    if (!agent.isUp) {
      watch.met(call, 'connection-refused');
      this.#life.schedule(this.#latencyMs(), () => done({ failure: 'ECONNREFUSED', sent: false }));
      return;
    }
    if (fate !== 'fine') watch.met(call, fate);
    const { lives } = agent;
    const isSame = (): boolean => agent.isUp && agent.lives === lives;
    const reset = (): void => done({ failure: 'ECONNRESET', sent: true });
    const slowMs = fate === 'slow' ? random() * SLOW_MS_MAX : 0;
    const back = (answer: WireAnswer | 'close'): void => {
      if (fate === 'late') return;
      if (link.state === 'mute') return watch.met(call, 'mute');
      this.#life.schedule(this.#latencyMs() + slowMs, () => {
        if (fate === 'lostAfter' || answer === 'close' || !isSame()) return reset();
        this.#connectedUntilMs = clock.now() + KEPT_MS;
        done(fate === 'garbled' ? { ...answer, text: answer.text.slice(0, -1) } : answer);
      });
    };
    const arrive = (): void => {
      if (!isSame()) {
        // The kernel says so, unless nobody listens any more.
        if (fate !== 'late') this.#life.schedule(this.#latencyMs(), reset);
        return;
      }
      if (!isReached()) return;
      const hand = (onAnswer: (answer: WireAnswer | 'close') => void): void =>
        agent.handle(
          request,
          () => watch.arrived(call, agent),
          (arrival, answer) => {
            watch.answered(arrival, agent, answer);
            onAnswer(answer);
          },
        );
      hand(fate === 'retried' ? () => undefined : back);
      if (fate === 'twice') hand(() => undefined);
      if (fate === 'retried')
        this.#travel(random() * RETRIED_MS_MAX, () => {
          if (isSame() && isReached()) hand(back);
        });
    };
    this.#giveUp(done);
    if (fate === 'lostBefore') this.#life.schedule(this.#latencyMs(), reset);
    else if (fate === 'unavailable')
      this.#life.schedule(this.#latencyMs(), () => done({ status: 503, text: '{"error":"try later"}' }));
    else if (fate === 'late') this.#travel(random() * (RESPONSE_MS + settleMs - 100), arrive);
    else this.#travel(this.#latencyMs() + slowMs, arrive);
  }

  #giveUp(done: Exchange): void {
    this.#life.schedule(RESPONSE_MS, () => done({ failure: 'time-out', sent: true, late: true }));
  }

  #travel(delayMs: number, arrive: () => void): void {
    this.#travelling.add(arrive);
    this.#life.schedule(delayMs, () => {
      if (this.#travelling.delete(arrive)) arrive();
    });
  }

  #latencyMs(): number {
    return 0.1 + this.#wiring.random() * LATENCY_MS_MAX;
  }
}

/** As it comes out of the wire. */
export function toWire({ method, path, body = '' }: AgentRequest): WireRequest {
  const at = path.indexOf('?');
  return at < 0
    ? { method, path, query: '', body }
    : { method, path: path.slice(0, at), query: path.slice(at + 1), body };
}
