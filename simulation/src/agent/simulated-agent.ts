import type { Clock } from '@vrouter/service-kit';
import { CrashDisk, type Luck, type PortEntry } from '@vrouter/vrouter-agent-sim/simulation';
import { Life } from '../world/life.ts';
import { openAgent, PLACES, type AgentKind, type RunningAgent } from './open-agent.ts';
import { slowDisk } from './slow-disk.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

export const GOOD_DISK_MS = 2;
/** A process that was killed leaves all that it wrote. */
const KILLED: Luck = { namesKept: 'all', content: 'all' };

/** Told of what happens to an agent, at the moment when it does. */
export interface AgentWatch {
  started(): void;
  failedToStart(): void;
  died(why: 'killed' | 'power-cut' | 'wiped'): void;
  swept(generation: number): void;
}

/** A machine with an agent on it: the process comes and goes, the disk stays. */
export class SimulatedAgent {
  readonly name: string;
  readonly host: string;
  readonly kind: AgentKind;
  readonly #clock: Clock;
  readonly #staleTimeoutMs: number;
  readonly #random: () => number;
  readonly #watch: AgentWatch;
  #disk = newDisk();
  #life: Life;
  #running: RunningAgent | undefined;
  /** Counts processes. */
  lives = 0;
  isStarting = false;
  /** SIGSTOP: it accepts connections and does nothing. */
  isHung = false;
  /** When it last went on after that (ms). */
  wokeAtMs = -Infinity;
  diskIsFull = false;
  diskDelayMsMax = GOOD_DISK_MS;
  /** A disk call to come loses the power, or fails. */
  #isDoomed = false;
  readonly #backlog: (() => void)[] = [];
  #luckAtCut: Luck = KILLED;
  #notBeforeMs = 0;
  #isStopping = false;
  /** Somebody started it while it was stopping. */
  #isWanted = false;

  constructor(
    names: { readonly name: string; readonly host: string },
    kind: AgentKind,
    staleTimeoutMs: number,
    clock: Clock,
    random: () => number,
    watch: AgentWatch,
  ) {
    this.name = names.name;
    this.host = names.host;
    this.kind = kind;
    this.#staleTimeoutMs = staleTimeoutMs;
    this.#clock = clock;
    this.#random = random;
    this.#watch = watch;
    this.#life = new Life(clock);
    this.#life.end();
  }

  /** It accepts connections. */
  get isUp(): boolean {
    return this.#running !== undefined;
  }

  /** There is a process, whether it serves or not. */
  get #isAlive(): boolean {
    return this.isUp || this.isStarting || this.#isStopping;
  }

  get isWell(): boolean {
    return (
      this.isUp && !this.isHung && !this.diskIsFull && this.diskDelayMsMax <= GOOD_DISK_MS && !this.#isDoomed
    );
  }

  get ports(): ReadonlyMap<string, PortEntry> {
    return this.#running?.agent.table.ports ?? new Map();
  }

  start(): void {
    // A supervisor waits for the end of the old process.
    this.#isWanted = this.#isStopping;
    if (this.#isStopping) return;
    if (this.isUp || this.isStarting || this.#clock.now() < this.#notBeforeMs) return;
    this.isStarting = true;
    this.lives += 1;
    const life = new Life(this.#clock);
    this.#life = life;
    const files = slowDisk(this.#disk, life, {
      delayMs: () => this.#random() * this.diskDelayMsMax,
      flushes: this.kind.profile !== 'tf',
      onPowerCut: () => {
        if (!life.isOver) this.powerCut(this.#luckAtCut);
      },
    });
    openAgent(this.kind, files, life, this.#staleTimeoutMs).then(
      (running) => {
        if (life.isOver) return;
        this.isStarting = false;
        this.#running = running;
        running.agent.onSwept((generation) => {
          if (!life.isOver) this.#watch.swept(generation);
        });
        this.#watch.started();
      },
      () => {
        if (life.isOver) return;
        this.#end();
        this.#watch.failedToStart();
      },
    );
  }

  /** SIGKILL. */
  kill(): void {
    if (!this.#isAlive) return;
    this.#die('killed', KILLED);
  }

  /** The machine loses power; `luck` says what its disk kept of what was not flushed. */
  powerCut(luck: Luck): void {
    if (!this.#isAlive) return;
    this.#die('power-cut', luck);
  }

  /** The power goes in the middle of the `callsFromNow`th disk call. */
  powerCutAt(callsFromNow: number, luck: Luck): void {
    this.#luckAtCut = luck;
    if (!this.#isAlive) return;
    this.#isDoomed = true;
    this.#disk.expect({ kind: 'power-cut', atCall: callsFromNow });
  }

  /** So many disk calls fail, from the `callsFromNow`th on. */
  diskErrorAt(callsFromNow: number, count: number): void {
    if (!this.#isAlive || this.diskIsFull) return;
    this.#isDoomed = true;
    this.#disk.expect({ kind: 'error', atCall: callsFromNow, code: 'EIO', count });
  }

  /** The machine is replaced, which takes `takesMs`, by one with an empty disk; then it starts. */
  wipe(takesMs: number): void {
    this.#end();
    this.#notBeforeMs = this.#clock.now() + takesMs;
    this.#clock.schedule(takesMs, () => this.start());
    this.#disk = newDisk();
    this.#disk.expect(this.#trouble());
    this.#watch.died('wiped');
  }

  /** SIGTERM; resolves when it is gone. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (running === undefined || this.isHung) return;
    const life = this.#life;
    this.#running = undefined;
    this.#isStopping = true;
    await running.close();
    if (!life.isOver) this.#die('killed', KILLED);
  }

  hang(): void {
    if (!this.isUp) return;
    this.isHung = true;
    this.#life.pause();
  }

  /** SIGCONT: what waited on its connections is read, in no order between them. */
  resume(): void {
    if (!this.isHung) return;
    this.isHung = false;
    this.wokeAtMs = this.#clock.now();
    this.#life.resume();
    const waiting = this.#backlog.splice(0);
    while (waiting.length > 0) waiting.splice(Math.floor(this.#random() * waiting.length), 1)[0]?.();
  }

  setDisk(isFull: boolean, delayMsMax: number): void {
    this.diskIsFull = isFull;
    this.diskDelayMsMax = delayMsMax;
    this.#isDoomed = false;
    this.#disk.expect(this.#trouble());
  }

  /** `read` is called when it reads the request, and `answered`, with what `read` gave, unless it dies before. */
  handle(
    request: WireRequest,
    read: () => number,
    answered: (arrival: number, answer: WireAnswer | 'close') => void,
  ): void {
    if (this.isHung) {
      this.#backlog.push(() => this.handle(request, read, answered));
      return;
    }
    const life = this.#life;
    const arrival = read();
    void this.#running?.rest(request).then((answer) => {
      if (!life.isOver) answered(arrival, answer);
    });
  }

  /** Name to content of the port files. */
  files(): Readonly<Record<string, string>> {
    return this.#disk.content(PLACES.ports);
  }

  #die(why: 'killed' | 'power-cut', luck: Luck): void {
    this.#disk = this.#disk.afterPowerCut(luck);
    this.#end();
    this.#disk.expect(this.#trouble());
    this.#watch.died(why);
    if (this.#isWanted) this.#clock.schedule(0, () => this.start());
  }

  #end(): void {
    this.#life.end();
    this.#isStopping = false;
    this.#isDoomed = false;
    this.#running = undefined;
    this.isStarting = false;
    this.isHung = false;
    this.#backlog.length = 0;
  }

  #trouble(): Parameters<CrashDisk['expect']>[0] {
    if (!this.diskIsFull) return { kind: 'none' };
    return { kind: 'error', atCall: 1, code: 'ENOSPC', count: Infinity, sparesRemovals: true };
  }
}

function newDisk(): CrashDisk {
  return new CrashDisk(PLACES.ports, PLACES.state, PLACES.temporary);
}
