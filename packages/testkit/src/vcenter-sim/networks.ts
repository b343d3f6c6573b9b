import { ipPoolXml, summaryXml, vendorConfigXml } from './ip-pool-xml.ts';
import type { SimIpPool, SimNetwork, SimVlan } from './model.ts';
import { portSettingXml, switchConfigXml } from './network-xml.ts';
import { SWITCH_NAME, type Site } from './site.ts';
import { refuseTwin, type NetworkEntry } from './world.ts';
import { element, reference, text, type Reference } from './xml.ts';

const POOLS: Reference = { type: 'IpPoolManager', value: 'IpPoolManager' };
/** The simulator has the same pools in all data centres. */
const DATACENTER = reference('dc', { type: 'Datacenter', value: 'datacenter-2' });

/** What an operator does to port groups and to the switch's private VLANs. */
export class Networks {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  async create(spec: SimNetwork): Promise<void> {
    const { networks } = this.#site.world;
    refuseTwin(networks, spec.name);
    const entry: NetworkEntry = { spec, number: 0, key: '' };
    networks.set(spec.name, entry);
    await this.setPrivateVlans();
    await this.make(entry);
  }

  async make(entry: NetworkEntry): Promise<void> {
    const { connection, dvs } = this.#site;
    entry.number = await this.#site.number(entry.number);
    const { name, vlan } = entry.spec;
    const spec =
      element('name', name) + portSettingXml('defaultPortConfig', vlan) + '<type>earlyBinding</type>';
    await connection.task('AddDVPortgroup_Task', dvs, `<spec>${spec}</spec>`);
    const groups = await connection.properties(dvs, ['portgroup']);
    entry.key = [...groups.matchAll(/>(dvportgroup-\d+)</gu)].at(-1)?.[1] ?? '';
    await this.#describe(entry);
  }

  async setIpPool(name: string, pool: SimIpPool): Promise<void> {
    const entry = this.#site.world.network(name);
    entry.spec = { ...entry.spec, ipPool: pool };
    await (entry.poolId === undefined ? this.#makeIpPool(entry, pool) : this.#changeIpPool(entry, pool));
  }

  /** What is on it besides its VLAN. */
  async #describe(entry: NetworkEntry): Promise<void> {
    const { ipPool, externalIpam } = entry.spec;
    if (ipPool !== undefined) await this.#makeIpPool(entry, ipPool);
    if (externalIpam === undefined) return;
    const value = vendorConfigXml('external_ipam', String(externalIpam));
    await this.#site.update(groupReference(entry), [['config.vendorSpecificConfig', value]]);
  }

  async #makeIpPool(entry: NetworkEntry, pool: SimIpPool): Promise<void> {
    const { name } = entry.spec;
    const made = await this.#site.connection.call('CreateIpPool', POOLS, DATACENTER + ipPoolXml(name, pool));
    entry.poolId = Number(text(made, 'returnval'));
    // The simulator does not write a new pool's number on it.
    await this.#changeIpPool(entry, pool);
    // Clients hear of a change under the name by which they asked for it only.
    await this.#site.update(groupReference(entry), [
      ['summary', summaryXml(name, entry.poolId)],
      ['summary.ipPoolId', `<val xsi:type="xsd:int">${entry.poolId}</val>`],
    ]);
  }

  async #changeIpPool({ spec, poolId }: NetworkEntry, pool: SimIpPool): Promise<void> {
    const args = DATACENTER + ipPoolXml(spec.name, pool, poolId);
    await this.#site.connection.call('UpdateIpPool', POOLS, args);
  }

  async change(name: string, vlan: SimVlan): Promise<void> {
    const entry = this.#site.world.network(name);
    entry.spec = { ...entry.spec, vlan };
    await this.setPrivateVlans();
    await this.#site.update(groupReference(entry), [
      ['config.defaultPortConfig', portSettingXml('val', vlan)],
    ]);
  }

  async rename(name: string, to: string): Promise<void> {
    const { networks } = this.#site.world;
    refuseTwin(networks, to);
    const entry = this.#site.world.network(name);
    // The simulator has no other way.
    await this.#site.update(groupReference(entry), [['name', `<val xsi:type="xsd:string">${to}</val>`]]);
    entry.spec = { ...entry.spec, name: to };
    networks.delete(name);
    networks.set(to, entry);
    this.#site.world.renameNetwork(name, to);
  }

  async destroy(name: string): Promise<void> {
    const { connection, world } = this.#site;
    await connection.task('Destroy_Task', groupReference(world.network(name)));
    world.networks.delete(name);
  }

  /** All that any port group needs. */
  async setPrivateVlans(): Promise<void> {
    const { world, dvs, switchUuid: uuid, uplink } = this.#site;
    const vlans = [...world.networks.values()].map(({ spec }) => spec.vlan);
    await this.#site.update(dvs, [
      ['config', switchConfigXml({ name: SWITCH_NAME, uuid, uplinks: [uplink] }, vlans)],
    ]);
  }
}

function groupReference({ key }: NetworkEntry): Reference {
  return { type: 'DistributedVirtualPortgroup', value: key };
}
