import { Adapters } from './adapters.ts';
import { Hosts } from './hosts.ts';
import type { SimChange, SimInventory } from './model.ts';
import { Networks } from './networks.ts';
import type { Site } from './site.ts';
import { Vms } from './vms.ts';
import { hostSpec } from './world.ts';

/** Does what operators do to a running simulator, and notes it in the world. Callers run one change at a time. */
export class Operator {
  readonly #site: Site;
  readonly #hosts: Hosts;
  readonly #networks: Networks;
  readonly #adapters: Adapters;
  readonly #vms: Vms;

  constructor(site: Site) {
    this.#site = site;
    this.#hosts = new Hosts(site);
    this.#networks = new Networks(site);
    this.#adapters = new Adapters(site);
    this.#vms = new Vms(site, this.#adapters);
  }

  /** Adds everything that `inventory` names. */
  async populate(inventory: SimInventory): Promise<void> {
    for (const host of inventory.hosts ?? []) await this.#hosts.add(hostSpec(host));
    for (const network of inventory.networks ?? []) await this.#networks.create(network);
    for (const vm of inventory.vms ?? []) await this.#vms.create(vm);
  }

  /** Makes everything that the world remembers, with the references it had. */
  async rebuild(): Promise<void> {
    const { hosts, networks, vms } = this.#site.world;
    const makers = [
      ...[...hosts.values()].map((entry) => ({ entry, make: () => this.#hosts.make(entry) })),
      ...[...networks.values()].map((entry) => ({ entry, make: () => this.#networks.make(entry) })),
      ...[...vms.values()].map((entry) => ({ entry, make: () => this.#vms.make(entry) })),
    ];
    // What is new in this life has number 0 and comes last.
    const order = ({ entry }: (typeof makers)[number]): number => entry.number || Number.MAX_SAFE_INTEGER;
    await this.#networks.setPrivateVlans();
    for (const { make } of makers.toSorted((a, b) => order(a) - order(b))) await make();
    // Power and the like use numbers up: only after everything exists.
    for (const entry of hosts.values()) await this.#hosts.settle(entry);
    for (const entry of vms.values()) await this.#vms.settle(entry);
  }

  async apply(change: SimChange): Promise<void> {
    switch (change.action) {
      case 'power':
        return this.#vms.setPower(change.vm, change.power);
      case 'reset':
        return this.#vms.reset(change.vm);
      case 'cloneVm':
        return this.#vms.clone(change.vm, change.name, change.macs);
      case 'unregisterVm':
        return this.#vms.unregister(change.vm);
      case 'registerVm':
        return this.#vms.register(change.vm);
      case 'assignMac':
        return this.#adapters.assignMac(change.vm, change.key, change.mac);
      case 'createVm':
        return this.#vms.create(change.vm);
      case 'destroyVm':
        return this.#vms.destroy(change.vm);
      case 'renameVm':
        return this.#vms.rename(change.vm, change.name);
      case 'moveToFolder':
        return this.#vms.moveToFolder(change.vm, change.folder);
      case 'relocate':
        return this.#vms.relocate(change.vm, change.host);
      case 'addAdapter':
        return this.#adapters.add(change.vm, change.adapter);
      case 'removeAdapter':
        return this.#adapters.remove(change.vm, change.mac);
      case 'changeAdapter':
        return this.#adapters.change(change.vm, change.mac, change.to);
      case 'guestIp':
        return this.#adapters.setGuestIp(change.vm, change.mac, change.ip);
      case 'createNetwork':
        return this.#networks.create(change.network);
      case 'changeNetwork':
        return this.#networks.change(change.network, change.vlan);
      case 'renameNetwork':
        return this.#networks.rename(change.network, change.name);
      case 'setIpPool':
        return this.#networks.setIpPool(change.network, change.pool);
      case 'destroyNetwork':
        return this.#networks.destroy(change.network);
      case 'addHost':
        return this.#hosts.add(hostSpec(change.host));
      case 'removeHost':
        for (const vm of this.#site.world.vmsOn(change.host)) await this.#vms.destroy(vm);
        return this.#hosts.remove(change.host);
      case 'maintenance':
        return change.silently === true
          ? this.#hosts.setMaintenanceSilently(change.host, change.maintenance)
          : this.#hosts.set(change.host, { maintenance: change.maintenance });
      case 'hostConnection':
        return this.#hosts.set(change.host, { connected: change.connected });
    }
  }
}
