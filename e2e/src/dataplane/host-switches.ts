import type { Network } from '../world/picture.ts';
import type { Move, Plugged } from './machines.ts';
import type { OpenVswitch } from './open-vswitch.ts';
import { switchFlows } from './switch-flows.ts';

/** An ESXi host, and the vrouter's bridge that its switch is connected to. */
export interface Host {
  readonly name: string;
  readonly bridge: string;
}

/** The distributed switch: a bridge on each host. */
export class HostSwitches {
  readonly #vswitch: OpenVswitch;
  readonly #hosts: readonly Host[];

  constructor(vswitch: OpenVswitch, hosts: readonly Host[]) {
    this.#vswitch = vswitch;
    this.#hosts = hosts;
  }

  async make(): Promise<void> {
    await this.#vsctl(
      this.#hosts.flatMap(({ name, bridge }) => [
        `add-br ${this.#switchOf(name)}`,
        `set bridge ${this.#switchOf(name)} datapath_type=netdev fail_mode=secure`,
        `add-port ${this.#switchOf(name)} ${bridge}-host`,
        `set interface ${bridge}-host type=patch options:peer=${bridge}-trunk`,
      ]),
    );
  }

  async plug(moves: readonly Move[]): Promise<void> {
    await this.#vsctl(
      moves.flatMap(({ port, host, moved }) => [
        ...(moved ? [`del-port ${port}`] : []),
        `add-port ${this.#switchOf(host)} ${port}`,
      ]),
    );
  }

  /** Programs each switch for the adapters that are plugged into it. */
  async program(
    stationsOn: (host: string) => readonly Plugged[],
    networks: readonly Network[],
  ): Promise<void> {
    const numbers = await this.#vswitch.portNumbers();
    const numberOf = (port: string): number => numbers.get(port) ?? missing(port);
    const vlanOf = (network: string): Network['vlan'] =>
      networks.find(({ name }) => name === network)?.vlan ?? missing(network);
    for (const { name, bridge } of this.#hosts) {
      const plugs = stationsOn(name).map(({ port, adapter: { mac, network } }) => ({
        port: numberOf(port),
        mac,
        vlan: vlanOf(network),
      }));
      const flows = switchFlows(numberOf(`${bridge}-host`), plugs);
      await this.#vswitch.replaceFlows(this.#switchOf(name), flows);
    }
  }

  /** The flows of every switch and every vrouter. For people, after a failure. */
  async evidence(): Promise<string> {
    const bridges = this.#hosts.flatMap(({ name, bridge }) => [this.#switchOf(name), bridge]);
    const parts = bridges.map(async (name) => `${name}\n${await this.#vswitch.flows(name).catch(String)}`);
    return (await Promise.all(parts)).join('\n');
  }

  /** Runs all commands in one transaction. */
  async #vsctl(commands: readonly string[]): Promise<void> {
    if (commands.length === 0) return;
    await this.#vswitch.vsctl(commands.flatMap((line) => ['--', ...line.split(' ')]).slice(1));
  }

  #switchOf(host: string): string {
    return `dvs-${1 + this.#hosts.findIndex(({ name }) => name === host)}`;
  }
}

function missing(name: string): never {
  throw new Error(`there is no ${name} in this world`);
}
