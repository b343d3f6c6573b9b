import type { Clock } from '@vrouter/service-kit';

/** The time of one process: after its death nothing that it planned happens any more. */
export class Life implements Clock {
  readonly #world: Clock;
  #isOver = false;
  /** What fell due while the process was stopped. */
  #held: (() => void)[] | undefined;

  constructor(world: Clock) {
    this.#world = world;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  end(): void {
    this.#isOver = true;
  }

  /** SIGSTOP. */
  pause(): void {
    this.#held ??= [];
  }

  /** SIGCONT: what fell due meanwhile happens now. */
  resume(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const action of held) this.#run(action);
  }

  now(): number {
    return this.#world.now();
  }

  schedule(delayMs: number, action: () => void): () => void {
    let isCancelled = false;
    const cancel = this.#world.schedule(delayMs, () =>
      this.#run(() => {
        if (!isCancelled) action();
      }),
    );
    return () => {
      isCancelled = true;
      cancel();
    };
  }

  /** Resolves after `delayMs`; never, when the process is dead by then. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.schedule(delayMs, resolve));
  }

  #run(action: () => void): void {
    if (this.#isOver) return;
    if (this.#held === undefined) action();
    else this.#held.push(action);
  }
}
