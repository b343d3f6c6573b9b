import { initialLinkState, type LinkState, type Port } from '@vrouter/port-model';
import type { Command } from '../ports/model.ts';
import { STALE_TIMEOUT_MS } from './table-driver.ts';

/** What the agent promises, said without generations: each sync keeps a list of the ports it has not seen yet. */
export class TableModel {
  readonly ports = new Map<string, { port: Port; linkState: LinkState }>();
  syncs: { atMs: number; notSeen: Set<string> }[] = [];
  /** Of the last sync, whose list shrinks on after its deadline. */
  notSeen = new Set<string>();

  apply(command: Command, nowMs: number): boolean {
    switch (command.kind) {
      case 'add':
      case 'reload':
        for (const { 'link-state': wanted, ...port } of command.ports) this.#add(port, wanted);
        return true;
      case 'delete':
        this.#forget(command.id);
        return true;
      case 'enable':
      case 'disable': {
        const entry = this.ports.get(command.id);
        if (entry?.port.type !== 2) return false;
        entry.linkState = command.kind === 'enable' ? 1 : 0;
        return true;
      }
      case 'sync':
        this.notSeen = new Set(
          [...this.ports.values()].flatMap(({ port }) => (port.type === 1 ? [] : [port.id])),
        );
        this.syncs.push({ atMs: nowMs + STALE_TIMEOUT_MS, notSeen: this.notSeen });
        return true;
      case 'sweep':
      case 'replace':
      case 'restore':
        return true;
    }
  }

  advanceTo(nowMs: number): void {
    for (const sync of this.syncs.filter(({ atMs }) => atMs <= nowMs)) {
      for (const id of sync.notSeen) this.#forget(id);
    }
    this.syncs = this.syncs.filter(({ atMs }) => atMs > nowMs);
  }

  restart(nowMs: number): void {
    for (const sync of this.syncs) sync.atMs = nowMs + STALE_TIMEOUT_MS;
  }

  #add(port: Port, wanted: LinkState | undefined): void {
    const before = this.ports.get(port.id);
    const kept = before?.port.type === 2 ? before.linkState : 0;
    const linkState = port.type === 2 ? (wanted ?? kept) : initialLinkState(port);
    this.ports.set(port.id, { port, linkState });
    this.#seen(port.id);
  }

  #forget(id: string): void {
    this.ports.delete(id);
    this.#seen(id);
  }

  #seen(id: string): void {
    for (const sync of this.syncs) sync.notSeen.delete(id);
    this.notSeen.delete(id);
  }
}
