import { startVcenterSim, type VcenterSim } from '@vrouter/testkit';
import { initialCast, networksNamed, type CastOptions } from './cast.ts';
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

/** A vCenter simulator; what a scenario does is done by its operator, and the picture follows. */
export class VsphereInventory implements TestInventory {
  readonly sim: VcenterSim;
  readonly pluginSection: Readonly<Record<string, unknown>>;
  #picture: Picture;

  private constructor(sim: VcenterSim, picture: Picture, password: string) {
    const { url, username, datacenter } = sim;
    this.sim = sim;
    this.pluginSection = { kind: 'vsphere', url, username, password, datacenter };
    this.#picture = picture;
  }

  /** Starts a simulator whose hosts run what the cast wants. `password`: what the plugin believes, if not the truth. */
  static async open(
    hosts: readonly string[],
    options: CastOptions & { readonly password?: string },
    networkName: (name: string) => string,
  ): Promise<VsphereInventory> {
    const vms = initialCast(hosts, options, networkName);
    const named = networksNamed(networkName);
    const sim = await startVcenterSim({ inventory: { hosts, networks: named, vms: vms.map(simVm) } });
    const keys = sim.ids().networks;
    const networks = named.map((network) => ({ ...network, key: keys[network.name] ?? '' }));
    return new VsphereInventory(sim, { hosts, networks, vms }, options.password ?? sim.password);
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

  async moveVm(name: string, host: string): Promise<void> {
    await this.sim.apply({ action: 'relocate', vm: name, host });
    this.#picture = withHost(this.#picture, name, host);
  }

  /** vCenter dies; the hosts and their VMs know nothing of it. */
  async vanish(): Promise<void> {
    await this.sim.kill();
  }

  /** vCenter is back, and has been told that `names` run by now. */
  async comeBack(names: readonly string[]): Promise<void> {
    await this.sim.restart(({ vms, ...rest }) => ({
      ...rest,
      vms: vms.map((vm) => (names.includes(vm.name) ? { ...vm, power: 'on' } : vm)),
    }));
    for (const name of names) this.#picture = withPower(this.#picture, name, true);
  }

  async close(): Promise<void> {
    await this.sim.stop();
  }
}

function simVm({ on, ...vm }: Vm) {
  return { ...vm, power: on ? 'on' : 'off' } as const;
}
