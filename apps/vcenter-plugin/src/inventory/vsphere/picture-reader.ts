import type { Picture } from '@vrouter/vsphere-client';
import type { Inventory } from '../model.ts';
import { EMPTY_BOOK, nextBook, type KnownBefore } from './address-book.ts';
import type { AgentMemory } from './agent-memory.ts';
import { agentAddresses } from './agent-vms.ts';
import { inventoryOf, type Memory, type Reading } from './inventory-of.ts';

/** What an earlier life of the plugin knew. */
export interface EarlierLife {
  /** So that a restart does not forget the address of a guest that is silent. */
  readonly knownBefore?: KnownBefore;
  /** The same for agents' own VMs. */
  readonly agents?: AgentMemory;
}

/** Reads pictures one after the other, and remembers the addresses of guests that fall silent. */
export class PictureReader {
  readonly #reading: Reading;
  readonly #agents: AgentMemory | undefined;
  #knownBefore: KnownBefore | undefined;
  #memory: Memory;

  constructor(reading: Reading, { knownBefore, agents }: EarlierLife = {}) {
    this.#reading = reading;
    this.#knownBefore = knownBefore;
    this.#agents = agents;
    this.#memory = { addresses: EMPTY_BOOK, agents: agents?.load() ?? new Map() };
  }

  read(picture: Picture): Inventory {
    this.#memory = {
      addresses: nextBook(this.#memory.addresses, picture, this.#knownBefore),
      agents: agentAddresses(this.#memory.agents, picture, this.#reading.agentVm),
    };
    // A VM that is powered off from here on has forgotten what it had before.
    this.#knownBefore = undefined;
    this.#agents?.save(this.#memory.agents);
    return inventoryOf(picture, this.#memory, this.#reading);
  }
}
