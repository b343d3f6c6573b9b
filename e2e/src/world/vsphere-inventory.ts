import { startVcenterSim, type VcenterSim } from '@vrouter/testkit';
import { initialCast, NETWORKS, type CastOptions } from './cast.ts';
import {
  withAdapter,
  withoutAdapter,
  withoutVm,
  withPower,
  withVm,
  type Adapter,
  type Picture,
  type Vm,
} from './picture.ts';
import type { TestInventory } from './test-inventory.ts';

/** A vCenter simulator; what a scenario does is done by its operator, and the picture follows. */
export class VsphereInventory implements TestInventory {
  readonly sim: VcenterSim;
  readonly pluginSection: Readonly<Record<string, unknown>>;
  #picture: Picture;

  private constructor(sim: VcenterSim, picture: Picture) {
    const { url, username, password, datacenter } = sim;
    this.sim = sim;
    this.pluginSection = { kind: 'vsphere', url, username, password, datacenter };
    this.#picture = picture;
  }

  /** Starts a simulator whose hosts run what the cast wants. */
  static async open(hosts: readonly string[], options: CastOptions): Promise<VsphereInventory> {
    const vms = initialCast(hosts, options);
    const sim = await startVcenterSim({ inventory: { hosts, networks: NETWORKS, vms: vms.map(simVm) } });
    const keys = sim.ids().networks;
    const networks = NETWORKS.map((network) => ({ ...network, key: keys[network.name] ?? '' }));
    return new VsphereInventory(sim, { hosts, networks, vms });
  }

  get picture(): Picture {
    return this.#picture;
  }

  async createVm(vm: Vm): Promise<void> {
    await this.sim.apply({ action: 'createVm', vm: simVm(vm) });
    this.#picture = withVm(this.#picture, vm);
  }

  async removeVm(name: string): Promise<void> {
    await this.sim.apply({ action: 'destroyVm', vm: name });
    this.#picture = withoutVm(this.#picture, name);
  }

  async powerOn(name: string): Promise<void> {
    await this.sim.apply({ action: 'power', vm: name, power: 'on' });
    this.#picture = withPower(this.#picture, name, true);
  }

  async powerOff(name: string): Promise<void> {
    await this.sim.apply({ action: 'power', vm: name, power: 'off' });
    this.#picture = withPower(this.#picture, name, false);
  }

  async addAdapter(vmName: string, adapter: Adapter): Promise<void> {
    await this.sim.apply({ action: 'addAdapter', vm: vmName, adapter });
    this.#picture = withAdapter(this.#picture, vmName, adapter);
  }

  async removeAdapter(vmName: string, mac: string): Promise<void> {
    await this.sim.apply({ action: 'removeAdapter', vm: vmName, mac });
    this.#picture = withoutAdapter(this.#picture, vmName, mac);
  }

  async close(): Promise<void> {
    await this.sim.stop();
  }
}

function simVm({ on, ...vm }: Vm) {
  return { ...vm, power: on ? 'on' : 'off' } as const;
}
