import type { SimHost } from './model.ts';
import type { Site } from './site.ts';
import { refuseTwin, type HostEntry } from './world.ts';
import { element, reference, type Reference } from './xml.ts';

/** What an operator does to hosts. */
export class Hosts {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  async add(spec: SimHost): Promise<void> {
    const { hosts } = this.#site.world;
    refuseTwin(hosts, spec.name);
    const entry: HostEntry = { spec, number: 0, ref: '' };
    await this.make(entry);
    hosts.set(spec.name, entry);
    await this.settle(entry);
  }

  /** Into the cluster, onto the switch, with the one datastore. */
  async make(entry: HostEntry): Promise<void> {
    const { connection, cluster, dvs, datastore } = this.#site;
    entry.number = await this.#site.number(entry.number);
    const spec = `<spec>${element('hostName', entry.spec.name)}<force>true</force></spec>`;
    entry.ref = await connection.task('AddHost_Task', cluster, `${spec}<asConnected>true</asConnected>`);
    const member = `<host><operation>add</operation>${reference('host', hostReference(entry))}</host>`;
    await connection.task('ReconfigureDvs_Task', dvs, `<spec xsi:type="DVSConfigSpec">${member}</spec>`);
    const system = await connection.property(hostReference(entry), 'configManager.datastoreSystem');
    await connection.call(
      'CreateLocalDatastore',
      { type: 'HostDatastoreSystem', value: system },
      element('name', 'LocalDS_0') + element('path', datastore),
    );
  }

  /** Brings a host that was just made into the state that it should have. */
  async settle({ spec }: HostEntry): Promise<void> {
    if (spec.maintenance === true || spec.connected === false) await this.set(spec.name, spec);
  }

  async remove(name: string): Promise<void> {
    const { connection, world } = this.#site;
    const host = hostReference(world.host(name));
    // The simulator does not notice when VMs move away, and removes no host that seems to have some.
    await this.#site.update(host, [['vm', '<val xsi:type="ArrayOfManagedObjectReference"></val>']]);
    await this.#site.changesTold();
    await connection.task('Destroy_Task', host);
    world.hosts.delete(name);
  }

  async setMaintenanceSilently(name: string, maintenance: boolean): Promise<void> {
    const entry = this.#site.world.host(name);
    const method = maintenance ? 'EnterMaintenanceMode_Task' : 'ExitMaintenanceMode_Task';
    await this.#site.connection.task(method, hostReference(entry), element('timeout', 0));
    entry.spec = { ...entry.spec, maintenance };
  }

  async set(name: string, to: { maintenance?: boolean; connected?: boolean }): Promise<void> {
    const entry = this.#site.world.host(name);
    entry.spec = { ...entry.spec, ...to };
    const { maintenance = false, connected = true } = entry.spec;
    const connection = connected ? 'connected' : 'notResponding';
    await this.#site.update(hostReference(entry), [
      ['runtime.inMaintenanceMode', `<val xsi:type="xsd:boolean">${maintenance}</val>`],
      ['runtime.connectionState', `<val xsi:type="HostSystemConnectionState">${connection}</val>`],
    ]);
  }
}

export function hostReference({ ref }: HostEntry): Reference {
  return { type: 'HostSystem', value: ref };
}
