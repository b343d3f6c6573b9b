import type { Change, PortEntry } from '../ports/model.ts';
import { Marks } from '../store/marks.ts';
import type { Loaded, PortStore } from '../store/store.ts';

/** Keeps what it is given as the real store does, without a disk. */
export class MemoryStore implements PortStore {
  readonly batchCommandsMax: number;
  readonly ports = new Map<string, Omit<PortEntry, 'generation'>>();
  #marks = new Marks();

  constructor(batchCommandsMax = 1) {
    this.batchCommandsMax = batchCommandsMax;
  }

  async load(): Promise<Loaded> {
    return this.saved();
  }

  async apply(changes: readonly Change[]): Promise<void> {
    this.save(changes);
  }

  saved(): Loaded {
    const ports = [...this.ports.values()].map((saved) => ({
      ...saved,
      generation: this.#marks.generationOf(saved.port.id),
    }));
    return { ports, generation: this.#marks.generation, pending: this.#marks.pending, setAside: [] };
  }

  save(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'save' && !(change.ifAbsent === true && this.ports.has(change.port.id)))
        this.ports.set(change.port.id, { port: change.port, linkState: change.linkState });
      if (change.kind === 'remove') this.ports.delete(change.id);
    }
    const write = this.#marks.writeFor(changes);
    if (write !== undefined) this.#marks.written(write);
  }
}
