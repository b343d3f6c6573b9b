import type { Adapter, Picture, Vm } from '../world/picture.ts';
import { Namespaces, sweepLeftovers } from './namespaces.ts';
import { OpenVswitch } from './open-vswitch.ts';
import { switchFlows } from './switch-flows.ts';

/** An ESXi host, and the vrouter's bridge that its switch is connected to. */
export interface Host {
  readonly name: string;
  readonly bridge: string;
}

/** An adapter that somebody can ping from. */
export interface Station {
  readonly vm: string;
  readonly adapter: Adapter;
  /** Name of its interface in the machine. */
  readonly device: string;
}

/** A station, and its interface on the switch's side. */
type Plugged = Station & { readonly port: string };

interface Machine {
  host: string;
  readonly stations: Map<string, Plugged>;
}

/**
 * ESXi hosts and their machines, on one Linux: a switch per host, a network namespace per VM. Machines follow the
 * inventory, but one stays plugged in when its VM is off or gone, and so does an adapter: that its pings are not
 * answered then must be the vrouter's doing, not that of a missing machine.
 */
export class Hypervisor {
  readonly #namespaces: Namespaces;
  readonly #vswitch: OpenVswitch;
  readonly #hosts: readonly Host[];
  readonly #machines = new Map<string, Machine>();
  #picture: Picture | undefined;
  #plugged = 0;

  private constructor(namespaces: Namespaces, vswitch: OpenVswitch, hosts: readonly Host[]) {
    this.#namespaces = namespaces;
    this.#vswitch = vswitch;
    this.#hosts = hosts;
  }

  /** Starts switches without machines; what crashed runs left behind is removed first. */
  static async open(folder: string, hosts: readonly Host[]): Promise<Hypervisor> {
    await sweepLeftovers();
    const namespaces = new Namespaces();
    try {
      await namespaces.add(['']);
      const vswitch = await OpenVswitch.start(folder, namespaces);
      const hypervisor = new Hypervisor(namespaces, vswitch, hosts);
      await hypervisor.#makeSwitches();
      return hypervisor;
    } catch (error) {
      await namespaces.remove();
      throw error;
    }
  }

  /** Where the sockets of the Open vSwitch are that the agents' bridges belong to. */
  get runDir(): string {
    return this.#vswitch.runDir;
  }

  /** Every adapter that there is or was. */
  get stations(): readonly Station[] {
    return [...this.#machines.values()].flatMap(({ stations }) => [...stations.values()]);
  }

  /** The host that the VM is on, or was on last. */
  hostOf(vm: string): string | undefined {
    return this.#machines.get(vm)?.host;
  }

  /** Makes machines, adapters and switches what `picture` says. */
  async follow(picture: Picture): Promise<void> {
    this.#picture = picture;
    const born = picture.vms.filter(({ name }) => !this.#machines.has(name));
    await this.#namespaces.add(born.map(({ name }) => name));
    const changes: string[] = [];
    for (const vm of picture.vms) changes.push(...(await this.#followVm(vm)));
    if (changes.length > 0) await this.#vswitch.vsctl(changes.slice(1));
    await this.#program();
  }

  /** What to run so that `program` runs in the machine. */
  inside(vm: string, program: string, args: readonly string[]): readonly [string, readonly string[]] {
    return this.#namespaces.inside(vm, program, args);
  }

  /** Lets machines know each other's MACs for good. */
  async knowEachOther(vms: readonly string[]): Promise<void> {
    const stations = this.stations.filter(({ vm }) => vms.includes(vm));
    for (const { vm, device } of stations) {
      const others = stations.filter((other) => other.vm !== vm);
      const lines = others.map(
        ({ adapter: { ip, mac } }) => `neigh replace ${ip} lladdr ${mac} dev ${device} nud permanent`,
      );
      await this.#namespaces.batch(vm, lines);
    }
  }

  /** The flows of a bridge, as `ovs-ofctl` prints them. */
  flows(bridge: string): Promise<string> {
    return this.#vswitch.flows(bridge);
  }

  /** The flows of every bridge. For people, after a failure. */
  async evidence(): Promise<string> {
    const bridges = this.#hosts.flatMap(({ bridge }, index) => [switchName(index), bridge]);
    const parts = bridges.map(async (name) => `${name}\n${await this.#vswitch.flows(name).catch(String)}`);
    return (await Promise.all(parts)).join('\n');
  }

  async close(): Promise<void> {
    await this.#vswitch.stop();
    await this.#namespaces.remove();
  }

  async #makeSwitches(): Promise<void> {
    const commands = this.#hosts.flatMap(({ bridge }, index) => {
      const [name, trunk] = [switchName(index), `${bridge}-host`];
      const lines = [
        `add-br ${name}`,
        `set bridge ${name} datapath_type=netdev fail_mode=secure`,
        `add-port ${name} ${trunk}`,
        `set interface ${trunk} type=patch options:peer=${bridge}-trunk`,
      ];
      return lines.flatMap((line) => ['--', ...line.split(' ')]);
    });
    await this.#vswitch.vsctl(commands.slice(1));
  }

  /** Brings up the VM's new adapters, and returns the `ovs-vsctl` commands that plug in what is not where it should be. */
  async #followVm(vm: Vm): Promise<readonly string[]> {
    const machine = this.#machines.get(vm.name) ?? { host: vm.host, stations: new Map() };
    const moved = machine.host !== vm.host ? [...machine.stations.values()] : [];
    this.#machines.set(vm.name, machine);
    machine.host = vm.host;
    for (const adapter of vm.adapters) {
      const station = machine.stations.get(adapter.mac);
      if (station !== undefined) machine.stations.set(adapter.mac, { ...station, adapter });
    }
    const added = vm.adapters.filter(({ mac }) => !machine.stations.has(mac));
    const plugs = added.map((adapter) => this.#station(vm.name, machine, adapter));
    await this.#bringUp(vm.name, plugs);
    return [
      ...moved.flatMap(({ port }) => ['--', 'del-port', port]),
      ...[...moved, ...plugs].flatMap(({ port }) => ['--', 'add-port', this.#switchOf(vm.host), port]),
    ];
  }

  #station(vm: string, machine: Machine, adapter: Adapter): Plugged {
    const device = `eth${machine.stations.size}`;
    const station = { vm, adapter, device, port: `plug${++this.#plugged}` };
    machine.stations.set(adapter.mac, station);
    return station;
  }

  async #bringUp(vm: string, plugs: readonly Plugged[]): Promise<void> {
    if (plugs.length === 0) return;
    const machine = this.#namespaces.name(vm);
    await this.#namespaces.batch(
      '',
      plugs.flatMap(({ port, device, adapter: { mac } }) => [
        `link add ${port} type veth peer name ${device} address ${mac} netns ${machine}`,
        `link set ${port} up`,
      ]),
    );
    await this.#namespaces.batch(
      vm,
      plugs.flatMap(({ device, adapter: { ip } }, index) => [
        `link set ${device} up`,
        ...(ip === undefined ? [] : [`addr add ${ip}/24 dev ${device}`]),
        // So that pings towards other networks are sent at all.
        `route add 10.0.0.0/16 dev ${device} metric ${1000 + index + this.#plugged}`,
      ]),
    );
  }

  async #program(): Promise<void> {
    const numbers = await this.#vswitch.portNumbers();
    const numberOf = (port: string): number => numbers.get(port) ?? missing(port);
    for (const [index, { name, bridge }] of this.#hosts.entries()) {
      const machines = [...this.#machines.values()].filter(({ host }) => host === name);
      const plugs = machines
        .flatMap(({ stations }) => [...stations.values()])
        .map(({ port, adapter }) => ({
          port: numberOf(port),
          mac: adapter.mac,
          vlan: this.#vlanOf(adapter.network),
        }));
      await this.#vswitch.replaceFlows(switchName(index), switchFlows(numberOf(`${bridge}-host`), plugs));
    }
  }

  #vlanOf(network: string): { readonly primary: number; readonly isolated: number } {
    const found = this.#picture?.networks.find(({ name }) => name === network);
    return found?.vlan ?? missing(network);
  }

  #switchOf(host: string): string {
    return switchName(this.#hosts.findIndex(({ name }) => name === host));
  }
}

function switchName(index: number): string {
  return `dvs-${index + 1}`;
}

function missing(name: string): never {
  throw new Error(`there is no ${name} in this world`);
}
