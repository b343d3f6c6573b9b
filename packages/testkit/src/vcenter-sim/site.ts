import { setTimeout as delay } from 'node:timers/promises';
import type { OperatorConnection } from './connection.ts';
import type { World } from './world.ts';
import { element, NAMESPACES, reference, type Reference } from './xml.ts';

export const SWITCH_NAME = 'DVS0';
/** How often the simulator looks for changes to tell. */
const TELLING_INTERVAL_MS = 250;

/** One life of the simulator: the places that every inventory has, and how to change things there. */
export class Site {
  readonly connection: OperatorConnection;
  readonly world: World;
  /** Folder of the one datastore. */
  readonly datastore: string;
  readonly cluster: Reference;
  readonly pool: Reference;
  readonly vmFolder: Reference;
  readonly dvs: Reference;
  readonly switchUuid: string;
  /** The switch's first port group is its own. */
  readonly uplink: Reference;

  static async open(connection: OperatorConnection, world: World, datastore: string): Promise<Site> {
    const dvs = await theSwitch(connection);
    return new Site(connection, world, datastore, {
      cluster: await connection.find('ClusterComputeResource', '/DC0/host/DC0_C0'),
      pool: await connection.find('ResourcePool', '/DC0/host/DC0_C0/Resources'),
      vmFolder: await connection.find('Folder', '/DC0/vm'),
      dvs,
      switchUuid: await connection.property(dvs, 'uuid'),
      uplink: await uplinkOf(connection, dvs),
    });
  }

  private constructor(
    connection: OperatorConnection,
    world: World,
    datastore: string,
    places: Pick<Site, 'cluster' | 'pool' | 'vmFolder' | 'dvs' | 'switchUuid' | 'uplink'>,
  ) {
    this.connection = connection;
    this.world = world;
    this.datastore = datastore;
    this.cluster = places.cluster;
    this.pool = places.pool;
    this.vmFolder = places.vmFolder;
    this.dvs = places.dvs;
    this.switchUuid = places.switchUuid;
    this.uplink = places.uplink;
  }

  /** The number before the next managed object's; the first call fixes it, and later lives ask for the same one. */
  async number(atLeast: number): Promise<number> {
    return Number(await this.connection.door(`number?at-least=${atLeast}`));
  }

  /**
   * Resolves when every client was told of what was changed so far. The simulator panics, and cuts a client's poll, over a
   * change of something that is gone by the time it tells.
   */
  async changesTold(): Promise<void> {
    await delay(2 * TELLING_INTERVAL_MS);
  }

  /** Sets properties and has them reported; values are `val` elements. */
  async update(
    object: Reference,
    properties: readonly (readonly [name: string, value: string])[],
  ): Promise<void> {
    const changes = properties.map(
      ([name, value]) => `<change>${element('name', name)}<op>assign</op>${value}</change>`,
    );
    const update = `<update>${reference('obj', object)}${changes.join('')}</update>`;
    await this.connection.door('update', `<changes ${NAMESPACES}>${update}</changes>`);
  }
}

async function uplinkOf(connection: OperatorConnection, dvs: Reference): Promise<Reference> {
  const groups = await connection.properties(dvs, ['portgroup']);
  return { type: 'DistributedVirtualPortgroup', value: />(dvportgroup-\d+)</u.exec(groups)?.[1] ?? '' };
}

/** A generated inventory with port groups brings its own. */
async function theSwitch(connection: OperatorConnection): Promise<Reference> {
  const type = 'DistributedVirtualSwitch';
  const found = await connection.find(type, `/DC0/network/${SWITCH_NAME}`);
  if (found.value !== '') return found;
  const spec = `<spec><configSpec xsi:type="VMwareDVSConfigSpec">${element('name', SWITCH_NAME)}</configSpec></spec>`;
  const folder = await connection.find('Folder', '/DC0/network');
  return { type, value: await connection.task('CreateDVS_Task', folder, spec) };
}
