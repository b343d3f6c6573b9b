import type { Adapter, Vm } from '../world/picture.ts';
import type { Namespaces } from './namespaces.ts';

/** An adapter that somebody can ping from. */
export interface Station {
  readonly vm: string;
  readonly adapter: Adapter;
  /** Name of its interface in the machine. */
  readonly device: string;
}

/** A station, and its interface on the switch's side. */
export interface Plugged extends Station {
  readonly port: string;
}

/** An interface that belongs on the switch of `host` now; `moved`: it was on another one. */
export interface Move {
  readonly port: string;
  readonly host: string;
  readonly moved: boolean;
}

interface Machine {
  host: string;
  readonly stations: Map<string, Plugged>;
}

/** A network namespace for each VM, with an interface for each adapter; none of them ever goes. */
export class Machines {
  readonly #namespaces: Namespaces;
  readonly #machines = new Map<string, Machine>();
  #plugged = 0;

  constructor(namespaces: Namespaces) {
    this.#namespaces = namespaces;
  }

  /** All adapters, of `host` or of every one. */
  stations(host?: string): readonly Plugged[] {
    const machines = [...this.#machines.values()].filter(
      (machine) => (host ?? machine.host) === machine.host,
    );
    return machines.flatMap(({ stations }) => [...stations.values()]);
  }

  /** The host that the VM is on, or was on last. */
  hostOf(vm: string): string | undefined {
    return this.#machines.get(vm)?.host;
  }

  /** Brings up what is new in `vms`, and says which interfaces belong elsewhere now. */
  async follow(vms: readonly Vm[]): Promise<readonly Move[]> {
    const born = vms.filter(({ name }) => !this.#machines.has(name));
    await this.#namespaces.add(born.map(({ name }) => name));
    const moves: Move[] = [];
    for (const vm of vms) moves.push(...(await this.#followVm(vm)));
    return moves;
  }

  /** Lets machines know each other's MACs for good. */
  async knowEachOther(vms: readonly string[]): Promise<void> {
    const stations = this.stations().filter(({ vm }) => vms.includes(vm));
    for (const { vm, device } of stations) {
      const others = stations.filter((other) => other.vm !== vm);
      const lines = others.map(
        ({ adapter: { ip, mac } }) => `neigh replace ${ip} lladdr ${mac} dev ${device} nud permanent`,
      );
      await this.#namespaces.batch(vm, lines);
    }
  }

  async #followVm({ name, host, adapters }: Vm): Promise<readonly Move[]> {
    const machine = this.#machines.get(name) ?? { host, stations: new Map<string, Plugged>() };
    const moved = machine.host !== host ? [...machine.stations.values()] : [];
    this.#machines.set(name, machine);
    machine.host = host;
    const added: Plugged[] = [];
    for (const adapter of adapters) {
      const known = machine.stations.get(adapter.mac);
      const station = known ?? this.#newStation(name, machine, adapter);
      machine.stations.set(adapter.mac, { ...station, adapter });
      if (known === undefined) added.push(station);
    }
    await this.#bringUp(name, added);
    return [
      ...moved.map(({ port }) => ({ port, host, moved: true })),
      ...added.map(({ port }) => ({ port, host, moved: false })),
    ];
  }

  #newStation(vm: string, { stations }: Machine, adapter: Adapter): Plugged {
    return { vm, adapter, device: `eth${stations.size}`, port: `plug${++this.#plugged}` };
  }

  async #bringUp(vm: string, stations: readonly Plugged[]): Promise<void> {
    if (stations.length === 0) return;
    const machine = this.#namespaces.name(vm);
    const cables = stations.flatMap(({ port, device, adapter: { mac } }) => [
      `link add ${port} type veth peer name ${device} address ${mac} netns ${machine}`,
      `link set ${port} up`,
    ]);
    const devices = stations.flatMap(({ device, adapter: { ip } }, index) => [
      `link set ${device} up`,
      ...(ip === undefined ? [] : [`addr add ${ip}/24 dev ${device}`]),
      // So that pings towards other networks are sent at all.
      `route add 10.0.0.0/16 dev ${device} metric ${1000 + index + this.#plugged}`,
    ]);
    await this.#namespaces.batch('', cables);
    await this.#namespaces.batch(vm, devices);
  }
}
