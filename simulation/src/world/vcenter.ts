import type {
  Adapter,
  Host,
  Inventory,
  InventorySource,
  InventoryState,
  Network,
  VirtualMachine,
} from '@vrouter/vcenter-plugin/simulation';
import type { Life } from './life.ts';

const READ_MS_MAX = 500;
const UPDATE_MS_MAX = 50;
const ADAPTERS_MAX = 3;

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };
type Vm = Omit<Mutable<VirtualMachine>, 'adapters'> & { adapters: Mutable<Adapter>[] };

/** What exists, as administrators left it, and what of it the plugin gets to see. */
export class Vcenter {
  readonly hosts: Mutable<Host>[];
  readonly networks: readonly Mutable<Network>[];
  vms: Vm[] = [];
  readonly #vmsMax: number;
  readonly #followers = new Set<() => void>();
  /** undefined: the session is lost. */
  #hiddenShare: number | undefined = 0;
  #count = 0;

  constructor(hostNames: readonly string[], vmsMax: number) {
    this.#vmsMax = vmsMax;
    this.hosts = hostNames.map((name) => ({ name, maintenance: false, connected: true }));
    this.networks = [100, 200, 300].map((primary, index) => ({
      key: `dvportgroup-${21 + index}`,
      name: `network-${index}`,
      vlan: { primary, isolated: primary + index },
    }));
  }

  /** Calls `listener` when the plugin is told something new. Returns a function that ends it. */
  follow(listener: () => void): () => void {
    this.#followers.add(listener);
    return () => this.#followers.delete(listener);
  }

  get state(): InventoryState {
    const hidden = this.#hiddenShare;
    if (hidden === undefined) return { complete: false, reason: 'the session is lost' };
    const { hosts, networks, vms } = this;
    const seen = vms.slice(0, Math.ceil(vms.length * (1 - hidden)));
    const inventory: Inventory = structuredClone({ hosts, networks, vms: seen });
    return { complete: true, inventory };
  }

  /** The plugin may see everything. */
  get isSeenWhole(): boolean {
    return this.#hiddenShare === 0;
  }

  loseSession(): void {
    this.#hiddenShare = undefined;
    this.#tell();
  }

  /** The session is there, with the permission to see all but a share of the VMs. */
  openSession(hiddenShare: number): void {
    this.#hiddenShare = hiddenShare;
    this.#tell();
  }

  /** Numbers choose what it is about; they may be any. */
  createVm(number: number): void {
    if (this.vms.length >= this.#vmsMax) return this.deleteVm(number);
    const count = ++this.#count;
    const vm: Vm = {
      id: `502789bb-240a-841f-e24c-${count.toString(16).padStart(12, '0')}`,
      name: `vm-${count}`,
      host: this.#host(number).name,
      power: number % 4 === 0 ? 'off' : 'on',
      adapters: [],
    };
    this.vms.push(vm);
    this.#addAdapter(vm, number);
    this.#tell();
  }

  deleteVm(number: number): void {
    this.vms = this.vms.filter((vm) => vm !== this.#vm(number));
    this.#tell();
  }

  power(number: number): void {
    this.#change(number, (vm) => {
      vm.power = vm.power === 'on' ? (number % 3 === 0 ? 'suspended' : 'off') : 'on';
    });
  }

  move(number: number): void {
    this.#change(number, (vm) => {
      vm.host = this.#host(number >> 3).name;
    });
  }

  rename(number: number): void {
    this.#change(number, (vm) => {
      vm.name = `vm-${vm.id.slice(-2)}-${number % 3}`;
    });
  }

  plug(number: number): void {
    this.#change(number, (vm) => {
      if (vm.adapters.length < ADAPTERS_MAX) this.#addAdapter(vm, number);
      else vm.adapters.splice(number % vm.adapters.length, 1);
    });
  }

  unplug(number: number): void {
    this.#change(number, (vm) => void vm.adapters.splice(number % Math.max(vm.adapters.length, 1), 1));
  }

  rewire(number: number): void {
    this.#adapter(number, (adapter) => {
      adapter.network = this.networks[(number >> 4) % this.networks.length]?.key ?? '';
    });
  }

  /** Every port of a network gets another VLAN, on all hosts at once. */
  retag(number: number): void {
    const index = number % this.networks.length;
    const network = this.networks[index];
    if (network === undefined) return;
    const primary = 100 * (index + 1) + 10 * ((number >> 4) % 3);
    network.vlan = { primary, isolated: primary + ((number >> 6) % 2) };
    this.#tell();
  }

  readdress(number: number): void {
    this.#adapter(number, (adapter) => {
      adapter.ip = `10.0.0.${1 + ((number >> 4) % 4)}`;
    });
  }

  connect(number: number): void {
    this.#adapter(number, (adapter) => {
      adapter.connected = !adapter.connected;
    });
  }

  maintenance(number: number, isOn: boolean): void {
    this.#host(number).maintenance = isOn;
    this.#tell();
  }

  #change(number: number, change: (vm: Vm) => void): void {
    const vm = this.#vm(number);
    if (vm === undefined) return;
    change(vm);
    this.#tell();
  }

  #adapter(number: number, change: (adapter: Mutable<Adapter>) => void): void {
    this.#change(number, ({ adapters }) => {
      const adapter = adapters[(number >> 2) % Math.max(adapters.length, 1)];
      if (adapter !== undefined) change(adapter);
    });
  }

  #addAdapter(vm: Vm, number: number): void {
    const count = ++this.#count;
    const hex = count.toString(16).padStart(6, '0');
    vm.adapters.push({
      key: `400${count}`,
      mac: `00:50:56:${(hex.match(/../g) ?? []).join(':')}`,
      network: this.networks[number % this.networks.length]?.key ?? '',
      connected: true,
      ip: `10.0.1.${count % 250}`,
    });
  }

  #vm(number: number): Vm | undefined {
    return this.vms[number % Math.max(this.vms.length, 1)];
  }

  #host(number: number): Mutable<Host> {
    return this.hosts[number % this.hosts.length] as Mutable<Host>;
  }

  #tell(): void {
    for (const listener of this.#followers) listener();
  }
}

/** The plugin's view of `vcenter`, for one life of the plugin: it takes time, and shows the last state, not each. */
export function sourceOf(
  vcenter: Vcenter,
  life: Life,
  random: () => number,
  onState: (state: InventoryState) => void,
): InventorySource {
  let isOver = false;
  let isComing = false;
  let unfollow: () => void = () => undefined;
  return {
    description: 'simulated vCenter',
    start(listener) {
      const tellIn = (delayMs: number): void => {
        if (isComing) return;
        isComing = true;
        life.schedule(delayMs, () => {
          isComing = false;
          if (isOver) return;
          const { state } = vcenter;
          onState(state);
          listener(state);
        });
      };
      unfollow = vcenter.follow(() => tellIn(random() * UPDATE_MS_MAX));
      tellIn(random() * READ_MS_MAX);
    },
    stop: async () => {
      isOver = true;
      unfollow();
    },
  };
}
