import type { Adapters } from './adapters.ts';
import type { SimPower, SimVm } from './model.ts';
import { hostReference } from './hosts.ts';
import type { Site } from './site.ts';
import { createVmXml } from './vm-xml.ts';
import { refuseTwin, vmEntry, vmReference, type VmEntry } from './world.ts';
import { element, reference, text, type Reference } from './xml.ts';

const POWER_METHODS = { on: 'PowerOnVM_Task', off: 'PowerOffVM_Task', suspended: 'SuspendVM_Task' } as const;

/** What an operator does to virtual machines. */
export class Vms {
  readonly #site: Site;
  readonly #adapters: Adapters;

  constructor(site: Site, adapters: Adapters) {
    this.#site = site;
    this.#adapters = adapters;
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
    const cards = entry.cards.map((card) => [card, this.#adapters.portGroup(card.network)] as const);
    const config = `<config>${createVmXml(name, id, annotation, cards)}</config>`;
    const place = reference('pool', pool) + reference('host', hostReference(world.host(host)));
    entry.number = await this.#site.number(entry.number);
    entry.ref = await connection.task('CreateVM_Task', vmFolder, config + place);
    await this.#adapters.takeMacs(entry);
  }

  /** Brings a VM that was just made into the state that it should have. */
  async settle(entry: VmEntry): Promise<void> {
    const { spec, cards } = entry;
    const vm = vmReference(entry);
    if (cards.some(({ ip }) => ip !== undefined)) await this.#adapters.reportGuest(entry);
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
    for (const card of copy.cards) await this.#adapters.reconfigure(copy, 'edit', card);
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

  async #power(vm: Reference, power: SimPower): Promise<void> {
    await this.#site.connection.task(POWER_METHODS[power], vm);
  }
}
