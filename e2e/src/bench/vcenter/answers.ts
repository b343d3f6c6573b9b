import type { Call, Fault } from '@vrouter/testkit';

/** An answer of vCenter that tells of changes. */
interface Told {
  /** When all of it was on its way to the plugin (ms since 1970). */
  readonly atMs: number;
  readonly body: string;
}

/** Stands in a proxy before vCenter and notes what it tells, when; on request it makes the teller wait. */
export class Answers implements Fault {
  readonly #told: Told[] = [];
  #pending = '';
  #gate: Promise<void> | undefined;

  /** From now on; what was told before is forgotten. */
  begin(): void {
    this.#told.length = 0;
  }

  /** Nothing is told until the returned function is called: what happens meanwhile is told all at once. */
  holdBack(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return () => {
      this.#gate = undefined;
      resolve();
    };
  }

  change(call: Call, answer: { readonly status: number; readonly body: string }) {
    if (call.method === 'WaitForUpdatesEx') this.#pending = answer.body;
    return answer;
  }

  async hold({ method }: Call): Promise<void> {
    if (method !== 'WaitForUpdatesEx') return;
    const body = this.#pending;
    await this.#gate;
    if (body.includes('<objectSet>'))
      this.#told.push({ atMs: performance.timeOrigin + performance.now(), body });
  }

  /** When `text` was told first, and last. Throws when it never was. */
  timesOf(text: string): { readonly firstMs: number; readonly lastMs: number } {
    const times = this.#told.filter(({ body }) => body.includes(text)).map(({ atMs }) => atMs);
    const [firstMs] = times;
    const lastMs = times.at(-1);
    if (firstMs === undefined || lastMs === undefined) throw new Error(`vCenter never told of ${text}`);
    return { firstMs, lastMs };
  }
}
