import type { Adapter, Picture, Vm } from '../world/picture.ts';
import type { TestInventory } from '../world/test-inventory.ts';
import type { Hypervisor } from './hypervisor.ts';
import { withStrangers } from './strangers.ts';

/** Any inventory, whose machines a hypervisor runs. */
export class FollowedInventory implements TestInventory {
  readonly #inventory: TestInventory;
  readonly #hypervisor: Hypervisor;

  constructor(inventory: TestInventory, hypervisor: Hypervisor) {
    this.#inventory = inventory;
    this.#hypervisor = hypervisor;
  }

  get pluginSection(): Readonly<Record<string, unknown>> {
    return this.#inventory.pluginSection;
  }

  get picture(): Picture {
    return this.#inventory.picture;
  }

  async createVm(vm: Vm): Promise<void> {
    await this.#follow(this.#inventory.createVm(vm));
  }

  async removeVm(name: string): Promise<void> {
    await this.#follow(this.#inventory.removeVm(name));
  }

  async powerOn(name: string): Promise<void> {
    await this.#follow(this.#inventory.powerOn(name));
  }

  async powerOff(name: string): Promise<void> {
    await this.#follow(this.#inventory.powerOff(name));
  }

  async addAdapter(vmName: string, adapter: Adapter): Promise<void> {
    await this.#follow(this.#inventory.addAdapter(vmName, adapter));
  }

  async removeAdapter(vmName: string, mac: string): Promise<void> {
    await this.#follow(this.#inventory.removeAdapter(vmName, mac));
  }

  async moveVm(name: string, host: string): Promise<void> {
    await this.#follow(this.#inventory.moveVm(name, host));
  }

  async close(): Promise<void> {
    await this.#inventory.close();
  }

  async #follow(change: Promise<void>): Promise<void> {
    await change;
    await this.#hypervisor.follow(withStrangers(this.picture));
  }
}
