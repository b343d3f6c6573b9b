import type { Picture } from '@vrouter/vsphere-client';
import type { Inventory } from '../model.ts';
import { EMPTY_BOOK, nextBook, type KnownBefore } from './address-book.ts';
import { agentAddresses } from './agent-vms.ts';
import { inventoryOf, type Memory, type Reading } from './inventory-of.ts';

/** Reads pictures one after the other, and remembers the addresses of guests that fall silent. */
export class PictureReader {
  readonly #reading: Reading;
  #knownBefore: KnownBefore | undefined;
  #memory: Memory = { addresses: EMPTY_BOOK, agents: new Map() };

  constructor(reading: Reading, knownBefore?: KnownBefore) {
    this.#reading = reading;
    this.#knownBefore = knownBefore;
  }

  read(picture: Picture): Inventory {
    this.#memory = {
      addresses: nextBook(this.#memory.addresses, picture, this.#knownBefore),
      agents: agentAddresses(this.#memory.agents, picture, this.#reading.agentVm),
    };
    // A VM that is powered off from here on has forgotten what it had before.
    this.#knownBefore = undefined;
    return inventoryOf(picture, this.#memory, this.#reading);
  }
}
