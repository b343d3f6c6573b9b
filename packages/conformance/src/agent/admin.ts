import { CannotCheck } from '../errors.ts';
import type { Recorder } from './recorder.ts';

const ANSWER_MS_MAX = 10_000;

export interface AdminState {
  readonly generation: number;
  /** Milliseconds since 1970. */
  readonly deadlines: readonly number[];
  readonly ports: readonly AdminPort[];
}

export interface AdminPort {
  readonly id: string;
  readonly seen: boolean;
  readonly generation: number;
  readonly linkState: number;
}

/** The reference agent's listener for operators. */
export class Admin {
  readonly #url: string;
  readonly #recorder: Recorder;

  constructor(url: string, recorder: Recorder) {
    this.#url = url;
    this.#recorder = recorder;
  }

  async state(): Promise<AdminState> {
    return (await this.#ask('GET', '/admin/state')) as AdminState;
  }

  async port(id: string): Promise<AdminPort | undefined> {
    return (await this.state()).ports.find((port) => port.id === id);
  }

  /** Does `act` while every request and file that it fits meets the fault called `action`; rules of others are lost. */
  async withFault(action: string, act: () => Promise<void>): Promise<void> {
    await this.#ask('PUT', '/admin/faults', { rules: [{ action }] });
    try {
      await act();
    } finally {
      await this.#ask('DELETE', '/admin/faults');
    }
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const came = this.#recorder.sent(`${method} ${path} (admin)\n${text ?? ''}`.trimEnd());
    const response = await fetch(new URL(path, this.#url), {
      method,
      ...(text !== undefined && { body: text }),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    const answer = await response.text();
    came(answer);
    if (!response.ok) throw new CannotCheck(`the admin API answers ${response.status} to ${method} ${path}`);
    return JSON.parse(answer) as unknown;
  }
}
