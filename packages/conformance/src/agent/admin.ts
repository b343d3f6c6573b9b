import { CannotCheck } from '../errors.ts';
import { askListener, type Listener } from './listener.ts';
import type { Recorder } from './recorder.ts';

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
  readonly #listener: Listener;
  readonly #recorder: Recorder;

  constructor(listener: Omit<Listener, 'kind'>, recorder: Recorder) {
    this.#listener = { ...listener, kind: 'admin' };
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
    const answer = await askListener(this.#listener, { method, path, body: text }, this.#recorder);
    if (answer.status === 200) return JSON.parse(answer.body.toString()) as unknown;
    throw new CannotCheck(`the admin API answers ${answer.status} to ${method} ${path}`);
  }
}
