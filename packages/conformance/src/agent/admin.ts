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
    const path = '/admin/state';
    const came = this.#recorder.sent(`GET ${path} (admin)`);
    const response = await fetch(new URL(path, this.#url), { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    const text = await response.text();
    came(text);
    if (!response.ok) throw new CannotCheck(`the admin API answers ${response.status} to GET ${path}`);
    return JSON.parse(text) as AdminState;
  }

  async port(id: string): Promise<AdminPort | undefined> {
    return (await this.state()).ports.find((port) => port.id === id);
  }
}
