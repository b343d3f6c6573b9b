import { NIL_GUID, parseGuid } from '@vrouter/port-model';
import { CannotCheck, ConformanceError, Mismatch } from '../errors.ts';
import { expectReply } from '../expected/match-reply.ts';
import { DONE, type Reply } from '../expected/reply.ts';
import { REAL, valueFor, type ByProfile, type ProfileName } from '../profiles.ts';
import type { Address, ClientTls } from '../wire/address.ts';
import type { Request } from '../wire/request.ts';
import { Admin } from './admin.ts';
import { Expect } from './expect.ts';
import { Introspection } from './introspection.ts';
import { newPort, type PortBody } from './port-body.ts';
import { PortsFolder } from './ports-folder.ts';
import type { Recorder } from './recorder.ts';
import { waitUntil } from './wait-until.ts';
import { WireClient, type Answer } from './wire-client.ts';

/** Where the agent is and what may be done to it. */
export interface Target {
  readonly address: Address;
  readonly profile: ProfileName;
  readonly portsDir?: string | undefined;
  readonly adminUrl?: string | undefined;
  readonly introspectUrl?: string | undefined;
  readonly tls?: ClientTls | undefined;
  readonly staleTimeoutMs?: number | undefined;
  /** Resolves when the agent is on its way up again; that it answers is awaited here. */
  readonly restart?: (() => Promise<void>) | undefined;
  readonly limits: {
    readonly connectMsMax: number;
    readonly responseMsMax: number;
    /** For the agent's files, or its memory after a restart, to be as they will stay. */
    readonly settleMsMax: number;
  };
}

/** The agent, as a check sees it. Made anew for each check; `cleanUp` takes away what the check left. */
export class AgentUnderTest {
  readonly profile: ProfileName;
  readonly expect: Expect;
  readonly wire: WireClient;
  readonly #target: Target;
  readonly #recorder: Recorder;
  readonly #folder: PortsFolder | undefined;
  readonly #ownIds = new Set<string>();
  #lastSyncMs: number | undefined;

  constructor(target: Target, recorder: Recorder) {
    this.#target = target;
    this.#recorder = recorder;
    this.profile = target.profile;
    this.expect = new Expect(recorder);
    this.wire = new WireClient(target.address, target.limits, recorder);
    this.#folder = target.portsDir === undefined ? undefined : new PortsFolder(target.portsDir, recorder);
  }

  get isReal(): boolean {
    return REAL.includes(this.profile);
  }

  /** The value that `table` has for this profile; a check is run for no other. */
  choose<T>(table: ByProfile<T>): T {
    const value = valueFor(table, this.profile);
    if (value === undefined) throw new CannotCheck(`nothing is known about ${this.profile} here`);
    return value;
  }

  get folder(): PortsFolder {
    if (this.#folder === undefined) throw new CannotCheck('there is no ports folder');
    return this.#folder;
  }

  get hasFolder(): boolean {
    return this.#folder !== undefined;
  }

  get admin(): Admin {
    const { adminUrl, tls, limits } = this.#target;
    if (adminUrl === undefined) throw new CannotCheck('there is no admin URL');
    return new Admin({ url: adminUrl, tls, limits }, this.#recorder);
  }

  get introspection(): Introspection {
    const { introspectUrl, tls, limits } = this.#target;
    if (introspectUrl === undefined) throw new CannotCheck('there is no introspect URL');
    return new Introspection({ url: introspectUrl, tls, limits }, this.#recorder);
  }

  get staleTimeoutMs(): number {
    if (this.#target.staleTimeoutMs === undefined) throw new CannotCheck('the stale timeout is not known');
    return this.#target.staleTimeoutMs;
  }

  /** A valid port of our own, to be deleted at the end. */
  port(changes: Readonly<Record<string, unknown>> = {}): PortBody {
    const port = newPort(changes);
    const id = parseGuid(port.id);
    if (id !== undefined && id !== NIL_GUID) this.own(id);
    return port;
  }

  /** `id` is to be deleted at the end. */
  own(id: string): void {
    this.#ownIds.add(id);
  }

  /** A port with the nil id cannot be deleted, so checks make one only where nobody has it. */
  nilMustBeFree(): void {
    if (this.#folder?.has(NIL_GUID) === true)
      throw new CannotCheck('the agent already has a port with the nil id');
  }

  send(method: string, path: string, body?: unknown, more: Partial<Request> = {}): Promise<Answer> {
    const text =
      body === undefined || Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
    return this.wire.send({ method, path, ...(text !== undefined && { body: text }), ...more });
  }

  post(body: unknown): Promise<Answer> {
    return this.send('POST', '/port', body);
  }

  /** Sends and expects `reply`. */
  async ask(method: string, path: string, body: unknown, reply: Reply): Promise<Answer> {
    const answer = await this.send(method, path, body);
    this.reply(answer, reply);
    return answer;
  }

  reply(answer: Answer, reply: Reply): void {
    expectReply(this.expect, answer, reply);
  }

  /** Adds ports, one object each, and expects success. */
  async add(...ports: readonly PortBody[]): Promise<void> {
    for (const port of ports) await this.ask('POST', '/port', port, DONE);
  }

  async delete(id: string): Promise<void> {
    await this.ask('DELETE', `/port/${id}`, undefined, DONE);
  }

  async enable(id: string): Promise<void> {
    await this.ask('PUT', `/enable-port/${id}`, undefined, DONE);
  }

  async disable(id: string): Promise<void> {
    await this.ask('PUT', `/disable-port/${id}`, undefined, DONE);
  }

  /** Opens a generation. Returns the moment before which no deadline can come, on `performance.now()`'s clock. */
  async sync(body?: unknown): Promise<number> {
    const sentMs = performance.now();
    await this.ask('POST', '/syncports', body, DONE);
    this.#lastSyncMs = performance.now();
    return sentMs + this.staleTimeoutMs;
  }

  get settleMsMax(): number {
    return this.#target.limits.settleMsMax;
  }

  /** The time limit for whatever follows a sync by the stale timeout. */
  get sweepMsMax(): number {
    return this.staleTimeoutMs + this.settleMsMax;
  }

  settled<T>(check: () => T | Promise<T>, timeoutMs: number = this.settleMsMax): Promise<T> {
    return waitUntil(check, timeoutMs);
  }

  /** Restarts the agent and waits until it answers. */
  async restart(): Promise<void> {
    if (this.#target.restart === undefined) throw new CannotCheck('there is no way to restart the agent');
    this.wire.closeAll();
    const came = this.#recorder.sent('restart the agent');
    try {
      await this.#target.restart();
    } catch (error) {
      throw new ConformanceError('RESTART_FAILED', (error as Error).message, { cause: error });
    }
    await this.reachable();
    came('it answers again');
  }

  /** Waits until the agent takes connections. */
  async reachable(): Promise<void> {
    await waitUntil(async () => {
      try {
        await this.wire.open();
      } catch (error) {
        if (!(error instanceof ConformanceError)) throw error;
        throw new Mismatch('the agent', 'to take connections', error.message);
      }
    }, this.settleMsMax);
  }

  /** Leaves the agent as it was. Throws when that cannot be done. */
  async cleanUp(): Promise<void> {
    this.#folder?.bringBack();
    try {
      if (this.#ownIds.size > 0) await this.wire.deletePorts(this.#ownIds);
      await this.#outwaitSync();
    } finally {
      this.wire.closeAll();
      this.#folder?.cleanUp();
    }
  }

  /** A deadline still to come must not fall into the next check. */
  async #outwaitSync(): Promise<void> {
    if (this.#lastSyncMs === undefined) return;
    const endMs = this.#lastSyncMs + this.staleTimeoutMs;
    await waitUntil(() => {
      if (performance.now() < endMs)
        throw new Mismatch('the last sync', 'to be over', 'its deadline is to come');
    }, this.sweepMsMax);
  }
}
