import { CannotCheck } from '../errors.ts';
import { addressOf, type ClientTls } from '../wire/address.ts';
import { Connection, type Limits } from '../wire/connection.ts';
import { bytesOf } from '../wire/request.ts';
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

export interface AdminParts {
  /** What stands before `/admin/...`. */
  readonly url: string;
  readonly tls?: ClientTls | undefined;
  readonly limits: Limits;
}

/** The reference agent's listener for operators. */
export class Admin {
  readonly #parts: AdminParts;
  readonly #recorder: Recorder;

  constructor(parts: AdminParts, recorder: Recorder) {
    this.#parts = parts;
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
    const { url, tls, limits } = this.#parts;
    const address = addressOf(url, tls);
    const prefix = new URL(url).pathname.replace(/\/$/, '');
    const connection = await Connection.open(address, limits);
    try {
      connection.write(bytesOf({ method, path: `${prefix}${path}`, body: text }, address.host));
      const { status, body: answer } = await connection.read();
      came(answer.toString());
      if (status === 200) return JSON.parse(answer.toString()) as unknown;
      throw new CannotCheck(`the admin API answers ${status} to ${method} ${path}`);
    } finally {
      connection.close();
    }
  }
}
