import { waitFor } from '@vrouter/testkit';
import { expectedPings, type ExpectedPing } from './expected-pings.ts';
import type { Hypervisor } from './hypervisor.ts';
import { ping, PingStream } from './ping.ts';

/** Pings of a run: a row of the matrix carries them. */
export interface PingTally {
  readonly sent: number;
  readonly answered: number;
  /** How many of them had to be answered. */
  readonly expected: number;
}

const AT_A_TIME = 8;
const RIGHT_MS_MAX = 10_000;

/** What is really on the wire between machines, held against what should be. */
export class Wire {
  readonly hypervisor: Hypervisor;
  readonly #streams = new Set<PingStream>();
  #tally: PingTally = { sent: 0, answered: 0, expected: 0 };

  constructor(hypervisor: Hypervisor) {
    this.hypervisor = hypervisor;
  }

  get tally(): PingTally {
    return this.#tally;
  }

  /**
   * Sends every ping that says something when exactly `liveMacs` are to have an enabled port. Each is repeated until it ends as it should, since the data
   * plane follows the ports within moments; one that never does is an error. Counted is how it ended.
   */
  async assertForwards(liveMacs: ReadonlySet<string>): Promise<void> {
    const pings = this.#expectedPings(liveMacs);
    const wrong: string[] = [];
    const queue = pings.values();
    const worker = async (): Promise<void> => {
      for (const each of queue) if (!(await this.#comesRight(each))) wrong.push(inWords(each));
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, worker));
    if (wrong.length > 0) throw new Error(`${wrong.length} of ${pings.length} pings:\n${wrong.join('\n')}`);
  }

  /** Pings between the adapters in `liveMacs`, a chain per network, until it is told to stop. */
  async watch(liveMacs: ReadonlySet<string>, perSecond: number): Promise<StreamWatch> {
    const { hypervisor } = this;
    const begun = new Set<string>();
    const chain = this.#expectedPings(liveMacs).filter(({ from, answered }) => {
      const isFirst = answered && !begun.has(from.adapter.mac);
      if (isFirst) begun.add(from.adapter.mac);
      return isFirst;
    });
    const streams = chain.map(({ from, to }) => new PingStream(hypervisor, from, to, perSecond));
    for (const stream of streams) this.#streams.add(stream);
    await Promise.all(streams.map((stream) => stream.answers(1)));
    return { stop: () => this.#judge(streams) };
  }

  /** Ends what still pings. */
  async close(): Promise<void> {
    for (const stream of this.#streams) stream.end();
    await this.hypervisor.close();
  }

  #expectedPings(liveMacs: ReadonlySet<string>): readonly ExpectedPing[] {
    const { hypervisor } = this;
    return expectedPings(liveMacs, hypervisor.stations, (vm) => hypervisor.hostOf(vm));
  }

  async #comesRight(expected: ExpectedPing): Promise<boolean> {
    let answered = !expected.answered;
    await waitFor(
      async () => {
        answered = await ping(this.hypervisor, expected.from, expected.to);
        return answered === expected.answered;
      },
      { what: 'a ping to end as it should', timeoutMs: RIGHT_MS_MAX },
    ).catch(() => undefined);
    this.#count({ sent: 1, answered: Number(answered), expected: Number(expected.answered) });
    return answered === expected.answered;
  }

  async #judge(streams: readonly PingStream[]): Promise<StreamReport> {
    const counts = await Promise.all(
      streams.map(async (stream) => ({ name: stream.name, ...(await stream.stop()) })),
    );
    for (const { sent, answered } of counts) this.#count({ sent, answered, expected: sent });
    return {
      lost: counts
        .filter(({ sent, answered }) => answered < sent)
        .map(({ name, sent, answered }) => `${name}: ${sent - answered} of ${sent} lost`),
      gapMsMax: Math.max(0, ...counts.map(({ gapMsMax }) => gapMsMax)),
    };
  }

  #count({ sent, answered, expected }: PingTally): void {
    this.#tally = {
      sent: this.#tally.sent + sent,
      answered: this.#tally.answered + answered,
      expected: this.#tally.expected + expected,
    };
  }
}

export interface StreamWatch {
  stop(): Promise<StreamReport>;
}

export interface StreamReport {
  /** Who lost how many, in words. */
  readonly lost: readonly string[];
  /** Longest time without an answer, in milliseconds. */
  readonly gapMsMax: number;
}

function inWords({ from, to, answered }: ExpectedPing): string {
  const path = `${from.vm} ${from.device} (${from.adapter.network}) to ${to.vm} ${to.device} (${to.adapter.network})`;
  return answered ? `${path} must be answered, and is not` : `${path} must not be answered, and is`;
}
