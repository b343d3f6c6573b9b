import type { SimAdapter, SimPower, SimVm } from './model.ts';
import { hostReference } from './hosts.ts';
import type { Site } from './site.ts';
import {
  changeCardXml,
  createVmXml,
  FIRST_CARD_KEY,
  guestNetXml,
  withoutMacXml,
  type Card,
  type PortGroup,
} from './vm-xml.ts';
import { refuseTwin, vmEntry, type VmEntry } from './world.ts';
import { element, reference, text, type Reference } from './xml.ts';

const POWER_METHODS = { on: 'PowerOnVM_Task', off: 'PowerOffVM_Task', suspended: 'SuspendVM_Task' } as const;

/** What an operator does to virtual machines. */
export class Vms {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  async create(spec: SimVm): Promise<void> {
    const { vms } = this.#site.world;
    refuseTwin(vms, spec.name);
    const entry = vmEntry(spec);
    await this.make(entry);
    vms.set(spec.name, entry);
    await this.settle(entry);
  }

  async make(entry: VmEntry): Promise<void> {
    const { connection, world, pool, vmFolder } = this.#site;
    const { name, id, annotation = '', host } = entry.spec;
    const cards = entry.cards.map((card) => [card, this.#portGroup(card.network)] as const);
    const config = `<config>${createVmXml(name, id, annotation, cards)}</config>`;
    const place = reference('pool', pool) + reference('host', hostReference(world.host(host)));
    entry.number = await this.#site.number(entry.number);
    entry.ref = await connection.task('CreateVM_Task', vmFolder, config + place);
    await this.#takeMacs(entry);
  }

  /** Brings a VM that was just made into the state that it should have. */
  async settle(entry: VmEntry): Promise<void> {
    const { spec, cards } = entry;
    const vm = vmReference(entry);
    if (cards.some(({ ip }) => ip !== undefined)) await this.#reportGuest(entry);
    if (spec.template === true) {
      await this.#site.update(vm, [['config.template', '<val xsi:type="xsd:boolean">true</val>']]);
    }
    // Only a running VM can be suspended.
    if (spec.power === 'on' || spec.power === 'suspended') await this.#power(vm, 'on');
    if (spec.power === 'suspended') await this.#power(vm, 'suspended');
  }

  async destroy(name: string): Promise<void> {
    const { connection, world } = this.#site;
    const entry = world.vm(name);
    if (entry.spec.power === 'on') {
      await this.setPower(name, 'off');
      await this.#site.changesTold();
    }
    await connection.task('Destroy_Task', vmReference(entry));
    world.vms.delete(name);
  }

  async rename(name: string, to: string): Promise<void> {
    const { connection, world } = this.#site;
    refuseTwin(world.vms, to);
    const entry = world.vm(name);
    await connection.task('Rename_Task', vmReference(entry), element('newName', to));
    world.vms.delete(name);
    entry.spec = { ...entry.spec, name: to };
    world.vms.set(to, entry);
  }

  async setPower(name: string, power: SimPower): Promise<void> {
    const entry = this.#site.world.vm(name);
    await this.#power(vmReference(entry), power);
    entry.spec = { ...entry.spec, power };
  }

  async reset(name: string): Promise<void> {
    await this.#site.connection.task('ResetVM_Task', vmReference(this.#site.world.vm(name)));
  }

  async clone(name: string, to: string, macs: readonly string[]): Promise<void> {
    const { connection, world, vmFolder, pool } = this.#site;
    refuseTwin(world.vms, to);
    const { spec, cards, ...entry } = world.vm(name);
    const { id: _id, annotation: _annotation, template: _template, ...rest } = spec;
    const adapters = cards.map((card, index) => ({ ...card, mac: macs[index] ?? '', ip: [] }));
    const copy = vmEntry({ ...rest, name: to, power: 'off', adapters });
    copy.number = await this.#site.number(0);
    const place = reference('pool', pool) + reference('host', hostReference(world.host(spec.host)));
    const config = `<config>${element('instanceUuid', copy.spec.id)}</config>`;
    const clone = `<spec><location>${place}</location><template>false</template>${config}<powerOn>false</powerOn></spec>`;
    const args = reference('folder', vmFolder) + element('name', to) + clone;
    copy.ref = await connection.task('CloneVM_Task', vmReference({ ...entry, spec, cards }), args);
    world.vms.set(to, copy);
    // The simulator copies MACs, too; a real vCenter gives others.
    for (const card of copy.cards) await this.#reconfigure(copy, 'edit', card);
  }

  async unregister(name: string): Promise<void> {
    const { connection, world } = this.#site;
    const entry = world.vm(name);
    await this.#site.changesTold();
    await connection.call('UnregisterVM', vmReference(entry));
    world.vms.delete(name);
    world.unregistered.set(name, entry);
  }

  async register(name: string): Promise<void> {
    const { world } = this.#site;
    const { spec, cards } = world.unregisteredVm(name);
    // The simulator reads no files, so it is made anew: as in a real vCenter, the same VM with another reference.
    await this.create({ ...spec, power: 'off', adapters: cards });
    world.unregistered.delete(name);
  }

  async assignMac(name: string, key: number, mac: string): Promise<void> {
    const entry = this.#site.world.vm(name);
    entry.cards = entry.cards.map((card) => (card.key === key ? { ...card, mac } : card));
    for (const card of entry.cards.filter((card) => card.key === key)) {
      await this.#reconfigure(entry, 'edit', card);
    }
  }

  async moveToFolder(name: string, folder: string): Promise<void> {
    const { connection, world, vmFolder } = this.#site;
    const found = await connection.find('Folder', `/DC0/vm/${folder}`);
    const value =
      found.value ||
      text(await connection.call('CreateFolder', vmFolder, element('name', folder)), 'returnval');
    const list = reference('list', vmReference(world.vm(name)));
    await connection.task('MoveIntoFolder_Task', { type: 'Folder', value }, list);
  }

  async relocate(name: string, host: string): Promise<void> {
    const { connection, world } = this.#site;
    const entry = world.vm(name);
    const to = reference('host', hostReference(world.host(host)));
    await connection.task('RelocateVM_Task', vmReference(entry), `<spec>${to}</spec>`);
    entry.spec = { ...entry.spec, host };
  }

  async addAdapter(name: string, adapter: SimAdapter): Promise<void> {
    const entry = this.#site.world.vm(name);
    const card = { ...adapter, key: adapter.key ?? freeKey(entry) };
    await this.#reconfigure(entry, 'add', card);
    entry.cards = [...entry.cards, card];
    await this.#takeMacs(entry);
    if (card.ip !== undefined) await this.#reportGuest(entry);
  }

  async removeAdapter(name: string, mac: string): Promise<void> {
    const entry = this.#site.world.vm(name);
    const card = this.#site.world.card(name, mac);
    await this.#reconfigure(entry, 'remove', card);
    entry.cards = entry.cards.filter((other) => other !== card);
    // The simulator leaves the card in what the guest reports; the guest of a real VM would not.
    await this.#reportGuest(entry);
  }

  async changeAdapter(name: string, mac: string, to: Partial<SimAdapter>): Promise<void> {
    const entry = this.#site.world.vm(name);
    const card = { ...this.#site.world.card(name, mac), ...to };
    await this.#reconfigure(entry, 'edit', card);
    replaceCard(entry, mac, card);
  }

  async setGuestIp(name: string, mac: string, ip: string | readonly string[]): Promise<void> {
    const entry = this.#site.world.vm(name);
    replaceCard(entry, mac, { ...this.#site.world.card(name, mac), ip });
    await this.#reportGuest(entry);
  }

  async #power(vm: Reference, power: SimPower): Promise<void> {
    await this.#site.connection.task(POWER_METHODS[power], vm);
  }

  async #reconfigure(entry: VmEntry, operation: 'add' | 'edit' | 'remove', card: Card): Promise<void> {
    const change = changeCardXml(operation, card, this.#portGroup(card.network));
    await this.#site.connection.task('ReconfigVM_Task', vmReference(entry), `<spec>${change}</spec>`);
  }

  /** Of cards that have none yet. */
  async #takeMacs(entry: VmEntry): Promise<void> {
    const keys = entry.cards.filter(({ mac }) => mac === undefined).map(({ key }) => key);
    if (keys.length === 0) return;
    const vm = vmReference(entry);
    const devices = await this.#site.connection.properties(vm, ['config.hardware.device']);
    await this.#site.update(vm, [['config.hardware.device', withoutMacXml(devices, keys)]]);
  }

  async #reportGuest(entry: VmEntry): Promise<void> {
    await this.#site.update(vmReference(entry), [['guest.net', guestNetXml(entry.cards)]]);
  }

  #portGroup(network: string): PortGroup {
    return { key: this.#site.world.network(network).key, switchUuid: this.#site.switchUuid };
  }
}

function vmReference({ ref }: VmEntry): Reference {
  return { type: 'VirtualMachine', value: ref };
}

function freeKey({ cards }: VmEntry): number {
  const taken = new Set(cards.map(({ key }) => key));
  let key = FIRST_CARD_KEY;
  while (taken.has(key)) key += 1;
  return key;
}

function replaceCard(entry: VmEntry, mac: string, by: Card): void {
  entry.cards = entry.cards.map((card) => (card.mac === mac ? by : card));
}
