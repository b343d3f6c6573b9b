import { NIL_GUID, type Port } from '@vrouter/port-model';
import { portConfigOf, type PortConfig } from './port-config.ts';

export const CONFIG_DELIVERY_MODES = ['auto', 'none', 'manual'] as const;
export type ConfigDeliveryMode = (typeof CONFIG_DELIVERY_MODES)[number];

export interface DeliveryState {
  readonly isDeliveredToAll: boolean;
  readonly ports: Readonly<Record<string, Partial<PortConfig> | 'missing'>>;
}

/**
 * Which ports' configuration the control node has delivered: the VM, its network, and the subnet of its address.
 * Without it the real agent answers GET as if there were no port. `auto`: all, at once; `manual`: those that an
 * operator says; `none`: never any.
 */
export class ConfigDelivery {
  readonly mode: ConfigDeliveryMode;
  #isDeliveredToAll: boolean;
  readonly #byPort = new Map<string, Partial<PortConfig> | 'missing'>();

  constructor(mode: ConfigDeliveryMode) {
    this.mode = mode;
    this.#isDeliveredToAll = mode === 'auto';
  }

  /** For all ports that are there and will be; forgets what was said of single ones. */
  setAll(isDelivered: boolean): void {
    this.#byPort.clear();
    this.#isDeliveredToAll = isDelivered;
  }

  /** All that was said, by ids where it is about single ports. */
  get state(): DeliveryState {
    return { isDeliveredToAll: this.#isDeliveredToAll, ports: Object.fromEntries(this.#byPort) };
  }

  /** Where nothing is ever delivered that does not change. */
  restore({ isDeliveredToAll, ports }: DeliveryState): void {
    if (this.mode === 'none') return;
    this.setAll(isDeliveredToAll);
    for (const [id, told] of Object.entries(ports)) this.#byPort.set(id, told);
  }

  /** As at the start. */
  reset(): void {
    this.setAll(this.mode === 'auto');
  }

  /** `config`: what it says, where that is not what is made up. */
  deliver(id: string, config: Partial<PortConfig>): void {
    this.#byPort.set(id, config);
  }

  withdraw(id: string): void {
    this.#byPort.set(id, 'missing');
  }

  isDelivered(id: string): boolean {
    return this.saidOf(id) !== undefined;
  }

  /** What it says of `id` other than what is made up, or undefined when nothing has come. */
  saidOf(id: string): Partial<PortConfig> | undefined {
    const said = this.#byPort.get(id) ?? (this.#isDeliveredToAll ? {} : 'missing');
    return said === 'missing' ? undefined : said;
  }

  /** What the control node says of `port`, or undefined when it has not said enough to answer a GET. */
  configOf(port: Port): PortConfig | undefined {
    const said = this.saidOf(port.id);
    if (said === undefined || port['instance-id'] === NIL_GUID || port['vn-id'] === NIL_GUID)
      return undefined;
    return { ...portConfigOf(port), ...said };
  }
}
