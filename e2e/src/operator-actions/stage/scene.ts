import type { SimChange, SimVm } from '@vrouter/testkit';
import { portId } from '../../world/oracle.ts';
import { AGENT_MAC, AGENT_VM, FABRIC } from './agent-vms.ts';
import type { Stage } from './stage.ts';

/** What one action plays with: names and MACs that no other action has. */
export class Scene {
  readonly stage: Stage;
  /** Names for VMs. */
  readonly web: string;
  readonly db: string;
  /** A name for a host. */
  readonly host: string;
  /** A name for a network. */
  readonly lan: string;
  readonly #number: number;
  readonly #macs = new Map<string, string>();

  constructor(stage: Stage) {
    this.stage = stage;
    this.#number = stage.nextScene();
    this.web = `web-${this.#number}`;
    this.db = `db-${this.#number}`;
    this.host = `esx-${100 + this.#number}`;
    this.lan = `lan-${this.#number}`;
  }

  /** The MAC, made at the first call, of the adapter whose port has that label. */
  mac(label = 'port'): string {
    const known = this.#macs.get(label);
    if (known !== undefined) return known;
    const bytes = [this.#number >> 8, this.#number & 0xff, this.#macs.size];
    const mac = `00:50:56:${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`;
    this.#macs.set(label, mac);
    return mac;
  }

  /** An address; equal numbers give equal ones. */
  ip(number: number): string {
    return `10.${this.#number >> 8}.${this.#number & 0xff}.${number}`;
  }

  /** Of all that it may be about. */
  names(): readonly string[] {
    const { found } = this.stage.cast;
    const agent = found === undefined ? [] : [found.host, this.agentVm.name];
    return [this.web, this.db, this.host, ...agent];
  }

  /** Ids of the ports by label. */
  ports(): ReadonlyMap<string, string> {
    return new Map([...this.#macs].map(([label, mac]) => [label, portId(mac)]));
  }

  /** A VM as most actions begin with it: on `esx-1`, running, with one adapter on `blue`. */
  vm(vm: Partial<SimVm> = {}): SimVm {
    const adapters = vm.adapters ?? [{ mac: this.mac(), network: 'blue' }];
    return { name: this.web, host: 'esx-1', power: 'on', ...vm, adapters };
  }

  /** The VM of the agent that is found. */
  get agentVm(): SimVm {
    const { found } = this.stage.cast;
    if (found === undefined) throw new Error('no agent is to be found on this stage');
    const adapters = [{ mac: AGENT_MAC, network: FABRIC, ip: found.address }];
    return { name: `${AGENT_VM}-${found.host}`, host: found.host, power: 'on', adapters };
  }

  /** Makes such a VM. */
  async create(vm: Partial<SimVm> = {}): Promise<void> {
    await this.apply({ action: 'createVm', vm: this.vm(vm) });
  }

  async apply(...changes: readonly SimChange[]): Promise<void> {
    await this.stage.apply(...changes);
  }

  async settled(): Promise<void> {
    await this.stage.settled();
  }

  /** Stops the agent of that name on every side. */
  async stopAgent(name: string): Promise<void> {
    await Promise.all(this.stage.sides.map((side) => side.agent(name).end('stop')));
  }

  async startAgent(name: string): Promise<void> {
    await Promise.all(this.stage.sides.map((side) => side.agent(name).start()));
  }
}
