import { randomUUID } from 'node:crypto';
import { VcenterSimError } from './errors.ts';
import type { SimHost, SimIds, SimInventory, SimNetwork, SimVm } from './model.ts';
import { FIRST_CARD_KEY, type Card } from './vm-xml.ts';
import type { Reference } from './xml.ts';

/** What exists, with vCenter's own names for it; `number` is the managed object number before its creation. */
export interface HostEntry {
  spec: SimHost;
  number: number;
  ref: string;
}
export interface NetworkEntry {
  spec: SimNetwork;
  number: number;
  key: string;
  /** Of its IP pool in this life. */
  poolId?: number;
}
export interface VmEntry {
  spec: SimVm & { readonly id: string };
  cards: Card[];
  number: number;
  ref: string;
}

/** The memory of one vCenter: it outlives the simulator's process, which keeps nothing. */
export class World {
  readonly hosts = new Map<string, HostEntry>();
  readonly networks = new Map<string, NetworkEntry>();
  readonly vms = new Map<string, VmEntry>();
  /** VMs that vCenter does not know, and whose files are there. */
  readonly unregistered = new Map<string, VmEntry>();

  host(name: string): HostEntry {
    return known(this.hosts, 'host', name);
  }

  network(name: string): NetworkEntry {
    return known(this.networks, 'network', name);
  }

  vm(name: string): VmEntry {
    return known(this.vms, 'VM', name);
  }

  unregisteredVm(name: string): VmEntry {
    return known(this.unregistered, 'unregistered VM', name);
  }

  card(vm: string, mac: string): Card {
    const card = this.vm(vm).cards.find((card) => card.mac === mac);
    if (card === undefined) throw new VcenterSimError('WRONG_NAME', `${vm} has no adapter ${mac}`);
    return card;
  }

  vmsOn(host: string): readonly string[] {
    return [...this.vms].filter(([, { spec }]) => spec.host === host).map(([name]) => name);
  }

  /** Adapters are on networks by name. */
  renameNetwork(name: string, to: string): void {
    for (const entry of this.vms.values()) {
      entry.cards = entry.cards.map((card) => (card.network === name ? { ...card, network: to } : card));
    }
  }

  ids(): SimIds {
    return {
      hosts: Object.fromEntries([...this.hosts].map(([name, { ref }]) => [name, ref])),
      networks: Object.fromEntries([...this.networks].map(([name, { key }]) => [name, key])),
      vms: Object.fromEntries([...this.vms].map(([name, { spec }]) => [name, spec.id])),
    };
  }

  /** What a test would have to write to get this world. */
  inventory(): Required<SimInventory> {
    return {
      hosts: [...this.hosts.values()].map(({ spec }) => spec),
      networks: [...this.networks.values()].map(({ spec }) => spec),
      vms: [...this.vms.values()].map(({ spec, cards }) => ({ ...spec, adapters: cards })),
    };
  }

  /** Takes `inventory` over; what keeps its name keeps its references. */
  replace(inventory: SimInventory): void {
    merge(this.hosts, inventory.hosts?.map(hostSpec) ?? [], (spec) => ({ spec, number: 0, ref: '' }));
    merge(this.networks, inventory.networks ?? [], (spec) => ({ spec, number: 0, key: '' }));
    merge(this.vms, inventory.vms ?? [], vmEntry);
  }
}

export function hostSpec(host: string | SimHost): SimHost {
  return typeof host === 'string' ? { name: host } : host;
}

export function vmEntry(spec: SimVm): VmEntry {
  const cards = spec.adapters.map((adapter, index) => ({
    ...adapter,
    key: adapter.key ?? FIRST_CARD_KEY + index,
  }));
  return { spec: { ...spec, id: spec.id ?? randomUUID() }, cards, number: 0, ref: '' };
}

function merge<Spec extends { name: string }, Entry extends { number: number }>(
  entries: Map<string, Entry>,
  specs: readonly Spec[],
  create: (spec: Spec) => Entry,
): void {
  const before = new Map(entries);
  entries.clear();
  for (const spec of specs) {
    entries.set(spec.name, { ...create(spec), number: before.get(spec.name)?.number ?? 0 });
  }
}

function known<Entry>(entries: Map<string, Entry>, kind: string, name: string): Entry {
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  const names = [...entries.keys()].join(', ');
  throw new VcenterSimError('WRONG_NAME', `No ${kind} is called ${name}; there are: ${names}`);
}

export function refuseTwin(entries: ReadonlyMap<string, unknown>, name: string): void {
  if (entries.has(name)) throw new VcenterSimError('WRONG_NAME', `There is a ${name} already`);
}

export function vmReference({ ref }: VmEntry): Reference {
  return { type: 'VirtualMachine', value: ref };
}
