import type { DesiredPort } from '../binding/desired-port.ts';
import type { AgentWorker } from './agent-worker.ts';
import type { AgentReport, PortReport, Retry } from './report.ts';

/** Where an agent is. */
export interface Place {
  readonly name: string;
  readonly url: string;
  /** ESXi host that it serves. */
  readonly host: string;
}

/** What is known of an agent, whether anybody talks to it or not. */
export interface AgentView {
  report(): AgentReport;
  retries(): Retry[];
  ports(): PortReport[];
  /** Undefined when it certainly does not hold the port, and should not. */
  port(id: string): PortReport | undefined;
}

export interface MemberParts {
  readonly name: string;
  /** Makes a worker for the agent at `url`. It begins with what the ledger knows, and with a sync. */
  readonly open: (url: string) => AgentWorker;
  /** What the ledger knows of an agent that has no worker. */
  readonly remembered: (name: string) => AgentView;
  /** Does nobody else talk to the agent at `url`? */
  readonly isFree: (url: string) => boolean;
  /** Called when `isFree` may have another answer. */
  readonly onFreed: () => void;
}

interface Wish {
  readonly ports: ReadonlyMap<string, DesiredPort>;
  readonly parked: boolean;
  readonly moved: ReadonlySet<string>;
}

/**
 * One agent of the fleet, wherever it is. There is a worker while there is an address, and another address is another
 * worker: the ledger is all that passes from one to the next, as over a restart of the plugin. So an agent that is gone,
 * or elsewhere, loses nothing of what it is owed, and a sync comes first when it is found again.
 */
export class Member implements AgentView {
  readonly name: string;
  readonly #parts: MemberParts;
  /** Where it was last, for people. */
  #last: Place | undefined;
  #place: Place | undefined;
  #isGone = false;
  #current: { readonly url: string; readonly worker: AgentWorker } | undefined;
  #leaving: { readonly url: string; readonly done: Promise<void> } | undefined;
  #remembered: AgentView | undefined;
  /** What it is to have, for a worker that is still to come. */
  #wish: Wish | undefined;
  #isStopped = false;

  constructor(parts: MemberParts) {
    this.name = parts.name;
    this.#parts = parts;
  }

  /** Of its place now, or last. */
  get url(): string | null {
    return this.#last?.url ?? null;
  }

  get host(): string | null {
    return this.#last?.host ?? null;
  }

  /** Nothing says where it is. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** While somebody talks to it. */
  get worker(): AgentWorker | undefined {
    return this.#current?.worker;
  }

  report(): AgentReport {
    const report = this.#view.report();
    if (this.worker !== undefined) return report;
    return { ...report, phase: this.#isGone ? 'gone' : 'gated' };
  }

  retries(): Retry[] {
    return this.#view.retries();
  }

  ports(): PortReport[] {
    return this.#view.ports();
  }

  port(id: string): PortReport | undefined {
    return this.#view.port(id);
  }

  get #view(): AgentView {
    return this.worker ?? (this.#remembered ??= this.#parts.remembered(this.name));
  }

  /** It is gone, and nobody talks to it any more. */
  get isLeft(): boolean {
    return this.#isGone && this.#current === undefined && this.#leaving === undefined;
  }

  /** Is somebody talking to `url`, for this agent? */
  uses(url: string): boolean {
    return this.#current?.url === url || this.#leaving?.url === url;
  }

  /** It is there, from now on; undefined: it is gone. */
  moveTo(place: Place | undefined): void {
    this.#isGone = place === undefined;
    if (this.#place?.url !== place?.url) this.#wish = undefined;
    this.#place = place;
    if (place !== undefined) this.#last = place;
    this.settle();
  }

  /** What a complete inventory wants it to have. */
  desire(ports: Wish['ports'], parked: boolean, moved: Wish['moved']): void {
    this.#wish = { ports, parked, moved };
    this.worker?.desire(ports, parked, moved);
  }

  inventoryLost(): void {
    this.#wish = undefined;
    this.worker?.inventoryLost();
  }

  /** Has it not confirmed the port, although it could, were it not parked? One that is down or gone is not waited for. */
  isPending(port: DesiredPort): boolean {
    const { worker } = this;
    if (worker === undefined) return this.#place !== undefined;
    return worker.isAvailable() && !worker.isConfirmed(port);
  }

  /** Ends the worker of an address that is none any more, and begins one where the agent is. */
  settle(): void {
    if (this.#leaving !== undefined) return;
    if (this.#current !== undefined && (this.#isStopped || this.#current.url !== this.#place?.url)) {
      this.#leave(this.#current);
    } else if (this.#current === undefined && !this.#isStopped) {
      const { url } = this.#place ?? {};
      if (url === undefined || !this.#parts.isFree(url)) return;
      this.#current = { url, worker: this.#parts.open(url) };
      this.#remembered = undefined;
      const { ports, parked, moved } = this.#wish ?? {};
      if (ports !== undefined && parked !== undefined) this.worker?.desire(ports, parked, moved);
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.settle();
    await this.#leaving?.done;
  }

  #leave({ url, worker }: { readonly url: string; readonly worker: AgentWorker }): void {
    this.#current = undefined;
    const left = (): void => {
      this.#leaving = undefined;
      // The last notes are written: now the ledger is complete.
      this.#remembered = undefined;
      this.settle();
      if (!this.#isStopped) this.#parts.onFreed();
    };
    this.#leaving = { url, done: worker.stop().then(left) };
  }
}
