import type { OperatorConnection } from './connection.ts';
import { VcenterSimError } from './errors.ts';
import type {
  SimAdapter,
  SimChange,
  SimHost,
  SimInventory,
  SimNetwork,
  SimPower,
  SimVlan,
  SimVm,
} from './model.ts';
import {
  changeCardXml,
  createVmXml,
  FIRST_CARD_KEY,
  guestNetXml,
  portSettingXml,
  switchConfigXml,
  type Card,
} from './vm-xml.ts';
import { hostSpec, vmEntry, type HostEntry, type NetworkEntry, type VmEntry, type World } from './world.ts';
import { element, NAMESPACES, reference, type Reference } from './xml.ts';

/** The places that every inventory has; `populate` puts everything there. */
interface Places {
  readonly cluster: Reference;
  readonly pool: Reference;
  readonly vmFolder: Reference;
  readonly switch: Reference;
  readonly switchUuid: string;
}

const SWITCH_NAME = 'DVS0';
const POWER_METHODS = { on: 'PowerOnVM_Task', off: 'PowerOffVM_Task', suspended: 'SuspendVM_Task' } as const;

/** Does what operators do to a running simulator, and notes it in the world. Callers run one change at a time. */
export class Operator {
  readonly #connection: OperatorConnection;
  readonly #world: World;
  readonly #datastore: string;
  readonly #places: Places;

  static async start(connection: OperatorConnection, world: World, datastore: string): Promise<Operator> {
    const dvs = await theSwitch(connection);
    const uuid = await connection.properties(dvs, ['uuid']);
    return new Operator(connection, world, datastore, {
      cluster: await connection.find('ClusterComputeResource', '/DC0/host/DC0_C0'),
      pool: await connection.find('ResourcePool', '/DC0/host/DC0_C0/Resources'),
      vmFolder: await connection.find('Folder', '/DC0/vm'),
      switch: dvs,
      switchUuid: /<val[^>]*>([^<]*)</u.exec(uuid)?.[1] ?? '',
    });
  }

  private constructor(connection: OperatorConnection, world: World, datastore: string, places: Places) {
    this.#connection = connection;
    this.#world = world;
    this.#datastore = datastore;
    this.#places = places;
  }

  /** Adds everything that `inventory` names. */
  async populate(inventory: SimInventory): Promise<void> {
    for (const host of inventory.hosts ?? []) await this.#addHost(hostSpec(host));
    for (const network of inventory.networks ?? []) await this.#createNetwork(network);
    for (const vm of inventory.vms ?? []) await this.#createVm(vm);
  }

  /** Makes everything that the world remembers, with the references it had. */
  async rebuild(): Promise<void> {
    const { hosts, networks, vms } = this.#world;
    const makers = [
      ...[...hosts.values()].map((entry) => ({ entry, make: () => this.#makeHost(entry) })),
      ...[...networks.values()].map((entry) => ({ entry, make: () => this.#makeNetwork(entry) })),
      ...[...vms.values()].map((entry) => ({ entry, make: () => this.#makeVm(entry) })),
    ];
    // Something new has number 0: it comes last, hosts before networks before VMs.
    const order = (number: number): number => (number === 0 ? Infinity : number);
    makers.sort((a, b) =>
      order(a.entry.number) < order(b.entry.number)
        ? -1
        : order(a.entry.number) > order(b.entry.number)
          ? 1
          : 0,
    );
    await this.#setPvlanMap();
    for (const { make } of makers) await make();
    // Power and the like use numbers up: only after everything exists.
    for (const entry of hosts.values()) await this.#settleHost(entry);
    for (const entry of vms.values()) await this.#settleVm(entry);
  }

  async apply(change: SimChange): Promise<void> {
    switch (change.action) {
      case 'power':
        return this.#setPower(change.vm, change.power);
      case 'createVm':
        return this.#createVm(change.vm);
      case 'destroyVm':
        return this.#destroyVm(change.vm);
      case 'renameVm':
        return this.#renameVm(change.vm, change.name);
      case 'relocate':
        return this.#relocate(change.vm, change.host);
      case 'addAdapter':
        return this.#addAdapter(change.vm, change.adapter);
      case 'removeAdapter':
        return this.#removeAdapter(change.vm, change.mac);
      case 'changeAdapter':
        return this.#changeAdapter(change.vm, change.mac, change.to);
      case 'guestIp':
        return this.#setGuestIp(change.vm, change.mac, change.ip);
      case 'createNetwork':
        return this.#createNetwork(change.network);
      case 'changeNetwork':
        return this.#changeNetwork(change.network, change.vlan);
      case 'destroyNetwork':
        return this.#destroyNetwork(change.network);
      case 'addHost':
        return this.#addHost(hostSpec(change.host));
      case 'maintenance':
        return this.#setHost(change.host, { maintenance: change.maintenance });
      case 'hostConnection':
        return this.#setHost(change.host, { connected: change.connected });
    }
  }

  async #addHost(spec: SimHost): Promise<void> {
    const entry: HostEntry = { spec, number: 0, ref: '' };
    refuseTwin(this.#world.hosts, spec.name);
    await this.#makeHost(entry);
    this.#world.hosts.set(spec.name, entry);
    await this.#settleHost(entry);
  }

  async #makeHost(entry: HostEntry): Promise<void> {
    entry.number = await this.#number(entry.number);
    const made = await this.#connection.task(
      'AddHost_Task',
      this.#places.cluster,
      `<spec>${element('hostName', entry.spec.name)}<force>true</force></spec><asConnected>true</asConnected>`,
    );
    const host = { type: 'HostSystem', value: made ?? '' };
    entry.ref = host.value;
    await this.#connection.task(
      'ReconfigureDvs_Task',
      this.#places.switch,
      `<spec xsi:type="DVSConfigSpec"><host><operation>add</operation>${reference('host', host)}</host></spec>`,
    );
    const stores = await this.#connection.properties(host, ['configManager.datastoreSystem']);
    const store = { type: 'HostDatastoreSystem', value: /<val[^>]*>([^<]*)</u.exec(stores)?.[1] ?? '' };
    const place = element('name', 'LocalDS_0') + element('path', this.#datastore);
    await this.#connection.call('CreateLocalDatastore', store, place);
  }

  async #settleHost({ spec }: HostEntry): Promise<void> {
    if (spec.maintenance === true || spec.connected === false) await this.#setHost(spec.name, spec);
  }

  async #setHost(name: string, to: { maintenance?: boolean; connected?: boolean }): Promise<void> {
    const entry = this.#world.host(name);
    entry.spec = { ...entry.spec, ...to };
    const { maintenance = false, connected = true } = entry.spec;
    await this.#update({ type: 'HostSystem', value: entry.ref }, [
      ['runtime.inMaintenanceMode', `<val xsi:type="xsd:boolean">${maintenance}</val>`],
      [
        'runtime.connectionState',
        `<val xsi:type="HostSystemConnectionState">${connected ? 'connected' : 'notResponding'}</val>`,
      ],
    ]);
  }

  async #createNetwork(spec: SimNetwork): Promise<void> {
    const entry: NetworkEntry = { spec, number: 0, key: '' };
    refuseTwin(this.#world.networks, spec.name);
    this.#world.networks.set(spec.name, entry);
    await this.#setPvlanMap();
    await this.#makeNetwork(entry);
  }

  async #makeNetwork(entry: NetworkEntry): Promise<void> {
    entry.number = await this.#number(entry.number);
    const { name, vlan } = entry.spec;
    const spec =
      element('name', name) + portSettingXml('defaultPortConfig', vlan) + '<type>earlyBinding</type>';
    await this.#connection.task('AddDVPortgroup_Task', this.#places.switch, `<spec>${spec}</spec>`);
    const groups = await this.#connection.properties(this.#places.switch, ['portgroup']);
    entry.key = [...groups.matchAll(/>(dvportgroup-\d+)</gu)].at(-1)?.[1] ?? '';
  }

  async #changeNetwork(name: string, vlan: SimVlan): Promise<void> {
    const entry = this.#world.network(name);
    entry.spec = { name, vlan };
    await this.#setPvlanMap();
    const group = { type: 'DistributedVirtualPortgroup', value: entry.key };
    await this.#update(group, [['config.defaultPortConfig', portSettingXml('val', vlan)]]);
  }

  async #destroyNetwork(name: string): Promise<void> {
    const { key } = this.#world.network(name);
    await this.#connection.task('Destroy_Task', { type: 'DistributedVirtualPortgroup', value: key });
    this.#world.networks.delete(name);
  }

  async #setPvlanMap(): Promise<void> {
    const vlans = [...this.#world.networks.values()].map(({ spec }) => spec.vlan);
    const config = switchConfigXml(SWITCH_NAME, this.#places.switchUuid, vlans);
    await this.#update(this.#places.switch, [['config', config]]);
  }

  async #createVm(spec: SimVm): Promise<void> {
    const entry = vmEntry(spec);
    refuseTwin(this.#world.vms, spec.name);
    await this.#makeVm(entry);
    this.#world.vms.set(spec.name, entry);
    await this.#settleVm(entry);
  }

  async #makeVm(entry: VmEntry): Promise<void> {
    const { name, id, annotation = '', host } = entry.spec;
    const cards = entry.cards.map((card) => [card, this.#portGroup(card.network)] as const);
    const on = { type: 'HostSystem', value: this.#world.host(host).ref };
    entry.number = await this.#number(entry.number);
    const args =
      `<config>${createVmXml(name, id, annotation, cards)}</config>` +
      reference('pool', this.#places.pool) +
      reference('host', on);
    entry.ref = (await this.#connection.task('CreateVM_Task', this.#places.vmFolder, args)) ?? '';
  }

  async #settleVm({ spec, cards, ref }: VmEntry): Promise<void> {
    if (cards.some(({ ip }) => ip !== undefined)) await this.#reportGuest(spec.name);
    if (spec.template === true) {
      const value = '<val xsi:type="xsd:boolean">true</val>';
      await this.#update({ type: 'VirtualMachine', value: ref }, [['config.template', value]]);
    }
    const vm = { type: 'VirtualMachine', value: ref };
    if (spec.power === 'on' || spec.power === 'suspended') await this.#connection.task(POWER_METHODS.on, vm);
    if (spec.power === 'suspended') await this.#connection.task(POWER_METHODS.suspended, vm);
  }

  async #destroyVm(name: string): Promise<void> {
    if (this.#world.vm(name).spec.power === 'on') await this.#setPower(name, 'off');
    await this.#connection.task('Destroy_Task', this.#vm(name));
    this.#world.vms.delete(name);
  }

  async #renameVm(name: string, to: string): Promise<void> {
    refuseTwin(this.#world.vms, to);
    const entry = this.#world.vm(name);
    await this.#connection.task('Rename_Task', this.#vm(name), element('newName', to));
    this.#world.vms.delete(name);
    entry.spec = { ...entry.spec, name: to };
    this.#world.vms.set(to, entry);
  }

  async #setPower(name: string, power: SimPower): Promise<void> {
    const entry = this.#world.vm(name);
    await this.#connection.task(POWER_METHODS[power], this.#vm(name));
    entry.spec = { ...entry.spec, power };
  }

  async #relocate(name: string, host: string): Promise<void> {
    const entry = this.#world.vm(name);
    const to = reference('host', { type: 'HostSystem', value: this.#world.host(host).ref });
    await this.#connection.task('RelocateVM_Task', this.#vm(name), `<spec>${to}</spec>`);
    entry.spec = { ...entry.spec, host };
  }

  async #addAdapter(name: string, adapter: SimAdapter): Promise<void> {
    const entry = this.#world.vm(name);
    const keys = new Set(entry.cards.map(({ key }) => key));
    let key = FIRST_CARD_KEY;
    while (keys.has(key)) key += 1;
    const card = { ...adapter, key };
    await this.#reconfigure(name, 'add', card);
    entry.cards = [...entry.cards, card];
    if (card.ip !== undefined) await this.#reportGuest(name);
  }

  async #removeAdapter(name: string, mac: string): Promise<void> {
    const entry = this.#world.vm(name);
    const card = this.#world.card(name, mac);
    await this.#reconfigure(name, 'remove', card);
    entry.cards = entry.cards.filter((other) => other !== card);
    // The simulator leaves the card in what the guest reports; the guest of a real VM would not.
    await this.#reportGuest(name);
  }

  async #changeAdapter(name: string, mac: string, to: Partial<SimAdapter>): Promise<void> {
    const card = { ...this.#world.card(name, mac), ...to };
    await this.#reconfigure(name, 'edit', card);
    this.#replaceCard(name, mac, card);
  }

  async #setGuestIp(name: string, mac: string, ip: string | readonly string[]): Promise<void> {
    this.#replaceCard(name, mac, { ...this.#world.card(name, mac), ip });
    await this.#reportGuest(name);
  }

  #replaceCard(name: string, mac: string, by: Card): void {
    const entry = this.#world.vm(name);
    entry.cards = entry.cards.map((card) => (card.mac === mac ? by : card));
  }

  async #reconfigure(name: string, operation: 'add' | 'edit' | 'remove', card: Card): Promise<void> {
    const change = changeCardXml(operation, card, this.#portGroup(card.network));
    await this.#connection.task('ReconfigVM_Task', this.#vm(name), `<spec>${change}</spec>`);
  }

  async #reportGuest(name: string): Promise<void> {
    const cards = this.#world.vm(name).cards.map((card) => [card, card.network] as const);
    await this.#update(this.#vm(name), [['guest.net', guestNetXml(cards)]]);
  }

  #vm(name: string): Reference {
    return { type: 'VirtualMachine', value: this.#world.vm(name).ref };
  }

  #portGroup(network: string): { key: string; switchUuid: string } {
    return { key: this.#world.network(network).key, switchUuid: this.#places.switchUuid };
  }

  async #number(atLeast: number): Promise<number> {
    return Number(await this.#connection.door(`number?at-least=${atLeast}`));
  }

  /** Sets properties and has them reported; values are `val` elements. */
  async #update(
    object: Reference,
    properties: readonly (readonly [name: string, value: string])[],
  ): Promise<void> {
    const changes = properties.map(
      ([name, value]) => `<change>${element('name', name)}<op>assign</op>${value}</change>`,
    );
    const update = `<update>${reference('obj', object)}${changes.join('')}</update>`;
    await this.#connection.door('update', `<changes ${NAMESPACES}>${update}</changes>`);
  }
}

function refuseTwin(entries: ReadonlyMap<string, unknown>, name: string): void {
  if (entries.has(name)) throw new VcenterSimError('UNKNOWN_NAME', `${name} exists already`);
}

/** A generated inventory with port groups brings its own. */
async function theSwitch(connection: OperatorConnection): Promise<Reference> {
  const found = await connection.find('DistributedVirtualSwitch', `/DC0/network/${SWITCH_NAME}`);
  if (found.value !== '') return found;
  const spec = `<spec><configSpec xsi:type="VMwareDVSConfigSpec">${element('name', SWITCH_NAME)}</configSpec></spec>`;
  const made = await connection.task('CreateDVS_Task', await connection.find('Folder', '/DC0/network'), spec);
  return { type: 'DistributedVirtualSwitch', value: made ?? '' };
}
