import { spawn } from 'node:child_process';
import { waitFor } from '@vrouter/testkit';
import { TOOL_PATH } from './command.ts';
import type { Hypervisor } from './hypervisor.ts';
import type { Station } from './machines.ts';

/** One echo request from adapter to adapter: was it answered within a second? */
export function ping(hypervisor: Hypervisor, from: Station, to: Station): Promise<boolean> {
  const args = ['-n', '-q', '-c', '1', '-W', '1', '-I', from.device, addressOf(to)];
  const child = spawn(...spawnArgs(hypervisor, from, args), { env: toolEnv(), stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
}

/** What became of a row of pings. */
export interface PingCount {
  readonly sent: number;
  readonly answered: number;
  /** Longest time between two answers, in milliseconds. */
  readonly gapMsMax: number;
}

/** Nobody forgets a ping that runs for longer. */
const STREAM_SECONDS_MAX = 180;
/** Answers after the end of a row that show that what came before it is judged. */
const BEYOND = 3;

/** Pings at a steady rate, until told to stop. */
export class PingStream {
  readonly name: string;
  readonly #child;
  readonly #answered = new Map<number, number>();
  #rest = '';

  constructor(hypervisor: Hypervisor, from: Station, to: Station, perSecond: number) {
    this.name = `${from.vm} ${from.device} to ${to.vm} ${to.device}`;
    const rate = ['-i', String(1 / perSecond), '-w', String(STREAM_SECONDS_MAX)];
    const args = ['-n', ...rate, '-I', from.device, addressOf(to)];
    this.#child = spawn(...spawnArgs(hypervisor, from, args), {
      env: toolEnv(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    this.#child.on('error', () => undefined); // no answers: `stop` finds that
  }

  /** Resolves when `count` pings were answered. */
  async answers(count: number): Promise<void> {
    await waitFor(() => this.#answered.size >= count, { what: `${count} answers, ${this.name}` });
  }

  /** Resolves when `count` more pings than by now were answered. */
  moreAnswers(count: number): Promise<void> {
    return this.answers(this.#answered.size + count);
  }

  /** How long nothing has been answered, in milliseconds. */
  quietMs(): number {
    return performance.now() - Math.max(0, ...this.#answered.values());
  }

  /** When the first answer after `momentMs` came; both as `performance.now()` counts. */
  firstAnswerAfterMs(momentMs: number): number {
    return Math.min(...[...this.#answered.values()].filter((atMs) => atMs >= momentMs));
  }

  /**
   * Ends it, and counts. The last ones may still be under way, so the row ends with the newest answer of now, and a
   * few more have to come before it is judged; without them everything counts as unanswered.
   */
  async stop(): Promise<PingCount> {
    const mark = this.#newest;
    const enough = mark + BEYOND;
    const isAlive = await waitFor(() => this.#newest >= enough, {
      what: `answers, ${this.name}`,
    }).catch(() => false);
    this.end();
    if (!isAlive) return { sent: enough, answered: this.#upTo(enough).length, gapMsMax: Infinity };
    const times = this.#upTo(enough).map(([, atMs]) => atMs);
    const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? atMs));
    return { sent: enough, answered: times.length, gapMsMax: Math.round(Math.max(0, ...gaps)) };
  }

  /** Ends it without counting; doing so twice is fine. */
  end(): void {
    this.#child.kill('SIGKILL');
  }

  get #newest(): number {
    return Math.max(0, ...this.#answered.keys());
  }

  #upTo(sequence: number): readonly (readonly [number, number])[] {
    return [...this.#answered].filter(([each]) => each <= sequence).toSorted(([a], [b]) => a - b);
  }

  #read(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const sequence = /icmp_seq=(\d+) ttl=/.exec(line)?.[1];
      if (sequence !== undefined) this.#answered.set(Number(sequence), performance.now());
    }
  }
}

function addressOf({ adapter, vm }: Station): string {
  if (adapter.ip === undefined) throw new Error(`${vm} has no address that can be pinged`);
  return adapter.ip;
}

function spawnArgs(
  hypervisor: Hypervisor,
  from: Station,
  args: readonly string[],
): [string, readonly string[]] {
  const [program, all] = hypervisor.inside(from.vm, 'ping', args);
  return [program, all];
}

function toolEnv(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: TOOL_PATH };
}
