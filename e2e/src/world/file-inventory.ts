import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import {
  withAdapter,
  withHost,
  withoutAdapter,
  withoutVm,
  withPower,
  withVm,
  type Adapter,
  type Picture,
  type Vm,
} from './picture.ts';
import type { TestInventory } from './test-inventory.ts';

/** An inventory file that is replaced as a whole at every change, as an operator's tool would. */
export class FileInventory implements TestInventory {
  readonly path: string;
  readonly pluginSection: Readonly<Record<string, unknown>>;
  #picture: Picture;

  constructor(folder: string, picture: Picture) {
    this.path = join(folder, 'inventory.yaml');
    this.pluginSection = { kind: 'file', path: this.path };
    this.#picture = picture;
    this.#write();
  }

  get picture(): Picture {
    return this.#picture;
  }

  /** Makes `picture` the inventory, in one change. */
  async become(picture: Picture): Promise<void> {
    this.#picture = picture;
    this.#write();
  }

  createVm(vm: Vm): Promise<void> {
    return this.become(withVm(this.#picture, vm));
  }

  removeVm(name: string): Promise<void> {
    return this.become(withoutVm(this.#picture, name));
  }

  powerOn(name: string): Promise<void> {
    return this.become(withPower(this.#picture, name, true));
  }

  powerOff(name: string): Promise<void> {
    return this.become(withPower(this.#picture, name, false));
  }

  addAdapter(vmName: string, adapter: Adapter): Promise<void> {
    return this.become(withAdapter(this.#picture, vmName, adapter));
  }

  removeAdapter(vmName: string, mac: string): Promise<void> {
    return this.become(withoutAdapter(this.#picture, vmName, mac));
  }

  moveVm(name: string, host: string): Promise<void> {
    return this.become(withHost(this.#picture, name, host));
  }

  async close(): Promise<void> {}

  #write(): void {
    const temporary = `${this.path}.new`;
    writeFileSync(temporary, inventoryYaml(this.#picture));
    renameSync(temporary, this.path);
  }
}

/** The file that says the same as `picture`. */
export function inventoryYaml(picture: Picture): string {
  return stringify({
    hosts: picture.hosts.map((name) => ({ name })),
    networks: picture.networks,
    vms: picture.vms.map(({ on, ...vm }) => ({ ...vm, power: on ? 'on' : 'off' })),
  });
}
