import type { SimAdapter } from './model.ts';
import type { Site } from './site.ts';
import {
  changeCardXml,
  FIRST_CARD_KEY,
  guestNetXml,
  withoutMacXml,
  type Card,
  type PortGroup,
} from './vm-xml.ts';
import { vmReference, type VmEntry } from './world.ts';

/** What an operator does to the network cards of virtual machines. */
export class Adapters {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  async add(name: string, adapter: SimAdapter): Promise<void> {
    const entry = this.#site.world.vm(name);
    const card = { ...adapter, key: adapter.key ?? freeKey(entry) };
    await this.reconfigure(entry, 'add', card);
    entry.cards = [...entry.cards, card];
    await this.takeMacs(entry);
    if (card.ip !== undefined) await this.reportGuest(entry);
  }

  async remove(name: string, mac: string): Promise<void> {
    const entry = this.#site.world.vm(name);
    const card = this.#site.world.card(name, mac);
    await this.reconfigure(entry, 'remove', card);
    entry.cards = entry.cards.filter((other) => other !== card);
    // The simulator leaves the card in what the guest reports; the guest of a real VM would not.
    await this.reportGuest(entry);
  }

  async change(name: string, mac: string, to: Partial<SimAdapter>): Promise<void> {
    const entry = this.#site.world.vm(name);
    const card = { ...this.#site.world.card(name, mac), ...to };
    await this.reconfigure(entry, 'edit', card);
    replaceCard(entry, mac, card);
  }

  async setGuestIp(name: string, mac: string, ip: string | readonly string[]): Promise<void> {
    const entry = this.#site.world.vm(name);
    replaceCard(entry, mac, { ...this.#site.world.card(name, mac), ip });
    await this.reportGuest(entry);
  }

  async assignMac(name: string, key: number, mac: string): Promise<void> {
    const entry = this.#site.world.vm(name);
    entry.cards = entry.cards.map((card) => (card.key === key ? { ...card, mac } : card));
    for (const card of entry.cards.filter((card) => card.key === key)) {
      await this.reconfigure(entry, 'edit', card);
    }
  }

  /** Tells vCenter of this card, and notes nothing. */
  async reconfigure(entry: VmEntry, operation: 'add' | 'edit' | 'remove', card: Card): Promise<void> {
    const change = changeCardXml(operation, card, this.portGroup(card.network));
    await this.#site.connection.task('ReconfigVM_Task', vmReference(entry), `<spec>${change}</spec>`);
  }

  /** The simulator gives every card a MAC; those that shall have none yet lose it again. */
  async takeMacs(entry: VmEntry): Promise<void> {
    const keys = entry.cards.filter(({ mac }) => mac === undefined).map(({ key }) => key);
    if (keys.length === 0) return;
    const vm = vmReference(entry);
    const devices = await this.#site.connection.properties(vm, ['config.hardware.device']);
    await this.#site.update(vm, [['config.hardware.device', withoutMacXml(devices, keys)]]);
  }

  /** What the guest tools say. */
  async reportGuest(entry: VmEntry): Promise<void> {
    await this.#site.update(vmReference(entry), [['guest.net', guestNetXml(entry.cards)]]);
  }

  portGroup(network: string): PortGroup {
    return { key: this.#site.world.network(network).key, switchUuid: this.#site.switchUuid };
  }
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
