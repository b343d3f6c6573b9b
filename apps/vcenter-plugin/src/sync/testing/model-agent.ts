import type { Outcome } from '@vrouter/agent-client';
import { type Port } from '@vrouter/port-model';
import type { InFlight } from '../state.ts';

/** How the agent treats what real releases and the reference agent treat differently. */
export interface ModelProfile {
  /** A repeated add with other data updates the port (reference agent), or is ignored (real agent). */
  readonly addUpdates: boolean;
  /** Seen marks and deadlines survive a restart. */
  readonly marksSurvive: boolean;
  /** GET works; the real agent answers 404 until it has configuration. */
  readonly getWorks: boolean;
  /** Enable and disable are known; older agents forward every port that they have. */
  readonly linkRoutes: boolean;
  /** Arrays of ports are taken. */
  readonly arrays: boolean;
}

export const REFERENCE: ModelProfile = {
  addUpdates: true,
  marksSurvive: true,
  getWorks: true,
  linkRoutes: true,
  arrays: true,
};
export const REAL: ModelProfile = {
  ...REFERENCE,
  addUpdates: false,
  marksSurvive: false,
  getWorks: false,
};
/** The least that an agent may be able to do. */
export const OLD: ModelProfile = { ...REAL, linkRoutes: false, arrays: false };

interface Entry {
  port: Port;
  enabled: boolean;
  generation: number;
}

const REFUSED: Outcome = { kind: 'refused', status: 400, message: 'Invalid port' };

/** An agent in a few lines: what the requests of the plugin do to it, without a network. */
export class ModelAgent {
  readonly ports = new Map<string, Entry>();
  readonly profile: ModelProfile;
  readonly staleTimeoutMs: number;
  readonly swept: { id: string; atMs: number }[] = [];
  /** Ports that it calls invalid. */
  refuses: (port: Port) => boolean = () => false;
  #generation = 0;
  #deadlines: { generation: number; atMs: number }[] = [];

  constructor(profile: ModelProfile, staleTimeoutMs: number) {
    this.profile = profile;
    this.staleTimeoutMs = staleTimeoutMs;
  }

  apply(operation: InFlight, nowMs: number): Outcome {
    switch (operation.kind) {
      case 'sync':
        this.#generation += 1;
        this.#deadlines.push({ generation: this.#generation, atMs: nowMs + this.staleTimeoutMs });
        return { kind: 'done' };
      case 'add':
        if (operation.array && !this.profile.arrays) return REFUSED;
        if (operation.items.some(({ port }) => this.refuses(port))) return REFUSED;
        for (const { port } of operation.items) this.#add(port);
        return { kind: 'done' };
      case 'delete':
        this.ports.delete(operation.entry.id);
        return { kind: 'done' };
      case 'enable':
      case 'disable': {
        if (!this.profile.linkRoutes) return { kind: 'unknown-route' };
        const entry = this.ports.get(operation.entry.id);
        if (entry === undefined) return { kind: 'not-found' };
        entry.enabled = operation.kind === 'enable';
        return { kind: 'done' };
      }
      case 'verify': {
        const entry = this.ports.get(operation.entry.id);
        if (entry === undefined || !this.profile.getWorks) return { kind: 'not-found' };
        return { kind: 'found', port: { ...entry.port, 'link-state': entry.enabled ? 1 : 0 } };
      }
    }
  }

  sweep(nowMs: number): void {
    for (const { generation } of this.#deadlines.filter(({ atMs }) => atMs <= nowMs)) {
      for (const [id, entry] of this.ports) {
        if (entry.generation >= generation) continue;
        this.ports.delete(id);
        this.swept.push({ id, atMs: nowMs });
      }
    }
    this.#deadlines = this.#deadlines.filter(({ atMs }) => atMs > nowMs);
  }

  restart(nowMs: number, keepsDisk: boolean): void {
    if (!keepsDisk) this.ports.clear();
    if (this.profile.marksSurvive && keepsDisk) {
      this.#deadlines = this.#deadlines.map(({ generation }) => ({
        generation,
        atMs: nowMs + this.staleTimeoutMs,
      }));
      return;
    }
    this.#generation = 0;
    this.#deadlines = [];
    for (const entry of this.ports.values()) entry.generation = 0;
  }

  #add(port: Port): void {
    const known = this.ports.get(port.id);
    const replaces =
      known === undefined || (!this.profile.addUpdates && known.port['instance-id'] !== port['instance-id']);
    if (replaces) this.ports.set(port.id, { port, enabled: false, generation: this.#generation });
    else {
      known.generation = this.#generation;
      if (this.profile.addUpdates) known.port = port;
    }
  }
}
