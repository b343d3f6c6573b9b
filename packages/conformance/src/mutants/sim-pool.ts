import type { ProfileName } from '../profiles.ts';
import { MutatedSim } from './mutated-sim.ts';

/** Agents for several tests at a time. */
export class SimPool {
  readonly #sims: MutatedSim[] = [];
  readonly #idle: MutatedSim[] = [];
  readonly #waiting: ((sim: MutatedSim) => void)[] = [];
  readonly #profile: ProfileName;
  readonly #sizeMax: number;

  constructor(profile: ProfileName, sizeMax: number) {
    this.#profile = profile;
    this.#sizeMax = sizeMax;
  }

  /** Does `act` with an agent that nobody else uses meanwhile. */
  async use<T>(act: (sim: MutatedSim) => Promise<T>): Promise<T> {
    const sim = await this.#take();
    try {
      return await act(sim);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(sim);
      else next(sim);
    }
  }

  async remove(): Promise<void> {
    await Promise.all(this.#sims.map((sim) => sim.remove()));
  }

  async #take(): Promise<MutatedSim> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#sims.length === this.#sizeMax) return new Promise((resolve) => this.#waiting.push(resolve));
    const sim = new MutatedSim(this.#profile);
    this.#sims.push(sim);
    return sim.start();
  }
}
