import type { Picture } from '../world/picture.ts';
import { HostSwitches, type Host } from './host-switches.ts';
import { Machines, type Station } from './machines.ts';
import { Namespaces, sweepLeftovers } from './namespaces.ts';
import { OpenVswitch } from './open-vswitch.ts';

/**
 * ESXi hosts and their machines, on one Linux: a switch per host, a network namespace per VM. Machines follow the
 * inventory, but one stays plugged in when its VM is off or gone, and so does an adapter: that its pings are not
 * answered then must be the vrouter's doing, not that of a missing machine.
 */
export class Hypervisor {
  readonly #namespaces: Namespaces;
  readonly #vswitch: OpenVswitch;
  readonly #switches: HostSwitches;
  readonly #machines: Machines;

  private constructor(namespaces: Namespaces, vswitch: OpenVswitch, switches: HostSwitches) {
    this.#namespaces = namespaces;
    this.#vswitch = vswitch;
    this.#switches = switches;
    this.#machines = new Machines(namespaces);
  }

  /** Starts switches without machines; what crashed runs left behind is removed first. */
  static async open(folder: string, hosts: readonly Host[]): Promise<Hypervisor> {
    await sweepLeftovers();
    const namespaces = new Namespaces();
    try {
      await namespaces.add(['']);
      const vswitch = await OpenVswitch.start(folder, namespaces);
      const switches = new HostSwitches(vswitch, hosts);
      await switches.make();
      return new Hypervisor(namespaces, vswitch, switches);
    } catch (error) {
      await namespaces.remove(); // the daemons in them, too
      throw error;
    }
  }

  /** Where the sockets of the Open vSwitch are that the agents' bridges belong to. */
  get runDir(): string {
    return this.#vswitch.runDir;
  }

  /** Every adapter that there is or was. */
  get stations(): readonly Station[] {
    return this.#machines.stations();
  }

  /** The host that the VM is on, or was on last. */
  hostOf(vm: string): string | undefined {
    return this.#machines.hostOf(vm);
  }

  /** Makes machines, adapters and switches what `picture` says. */
  async follow({ vms, networks }: Picture): Promise<void> {
    await this.#switches.plug(await this.#machines.follow(vms));
    await this.#switches.program((host) => this.#machines.stations(host), networks);
  }

  /** Lets machines know each other's MACs for good. */
  knowEachOther(vms: readonly string[]): Promise<void> {
    return this.#machines.knowEachOther(vms);
  }

  /** What to run so that `program` runs in the machine. */
  inside(vm: string, program: string, args: readonly string[]): readonly [string, readonly string[]] {
    return this.#namespaces.inside(vm, program, args);
  }

  /** The flows of a bridge, as `ovs-ofctl` prints them. */
  flows(bridge: string): Promise<string> {
    return this.#vswitch.flows(bridge);
  }

  /** All flows. For people, after a failure. */
  evidence(): Promise<string> {
    return this.#switches.evidence();
  }

  async close(): Promise<void> {
    await this.#vswitch.stop();
    await this.#namespaces.remove();
  }
}
