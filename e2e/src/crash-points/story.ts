import { temporaryFolder } from '@vrouter/testkit';
import { asCompute } from '../modes/as-compute.ts';
import type { ConfigApi } from '../modes/config-api.ts';
import { vcenterOnly } from '../modes/vcenter-only.ts';
import { guest, networksNamed, secondAdapter } from '../world/cast.ts';
import { FileInventory } from '../world/file-inventory.ts';
import { portId } from '../world/oracle.ts';
import { vmOf, withAddress, type Picture } from '../world/picture.ts';
import type { TestInventory } from '../world/test-inventory.ts';
import { World } from '../world/world.ts';

const VM = 'guest-1a';
const OTHER_ADDRESS = '10.0.2.120';
const POOL = ['default-domain', 'vCenter', 'blue', 'pool'];
const BEGINNING: readonly Step[] = [
  (inventory) => inventory.createVm({ ...guest(inventory.picture, VM), on: true }),
  (inventory) => inventory.addAdapter(VM, secondAdapter(guest(inventory.picture, VM))),
];
const COURSE: readonly Step[] = [
  (inventory) => inventory.moveVm(VM, inventory.picture.hosts[1] ?? ''),
  (inventory) => inventory.powerOff(VM),
  (inventory) => inventory.powerOn(VM),
];
const END: readonly Step[] = [(inventory) => inventory.removeVm(VM)];
const AT_AGENTS = ['agent sync', 'agent add', 'agent enable', 'agent disable', 'agent delete'];
const MIRRORED = ['virtual-network', 'virtual-machine', 'virtual-machine-interface', 'instance-ip'];

type Step = (inventory: TestInventory) => Promise<void>;

/** The life of a VM, in steps that vCenter shows one after the other, in a world where the plugin has a mode. */
export interface Story {
  readonly world: World;
  readonly steps: readonly Step[];
  /** Requests that are sent in the course of it: a story without them would prove nothing. */
  readonly requests: readonly string[];
  /** Makes everything but the plugin's memory what it was at the beginning. */
  begin(): Promise<void>;
}

export const STORIES: Readonly<Record<string, () => Promise<Story>>> = {
  /** The plugin makes and deletes all objects; in the end a network goes, too. */
  async 'vcenter-only'() {
    const folder = temporaryFolder();
    const mode = await vcenterOnly(folder.path);
    const empty = emptyPicture((name) => name);
    const inventory = new FileInventory(folder.path, empty);
    const options = { lifecycle: 'link', mode: 'vcenter-only', profile: 'blueprint' } as const;
    return {
      world: new World(folder, options, inventory, { mode }),
      steps: [
        ...BEGINNING,
        () => inventory.become(withAddress(inventory.picture, VM, secondMac(inventory), OTHER_ADDRESS)),
        ...COURSE,
        () => attachFloatingIp(mode.api, firstMac(inventory)),
        ...END,
        () => inventory.become({ ...empty, networks: empty.networks.slice(0, 1) }),
      ],
      requests: [
        ...AT_AGENTS,
        ...MIRRORED.flatMap((type) => [`create ${type}`, `delete ${type}`]),
        // Where the VM is, and what somebody else attached to its interface.
        'update virtual-machine',
        'update-reference floating-ip',
      ],
      async begin() {
        await mode.api.reset();
        await inventory.become(empty);
      },
    };
  },
  /** OpenStack makes and deletes them, and the plugin reads. */
  async 'vcenter-as-compute'() {
    const folder = temporaryFolder();
    const mode = await asCompute(folder.path);
    const inner = new FileInventory(
      folder.path,
      emptyPicture((name) => mode.networkName(name)),
    );
    const options = { lifecycle: 'link', mode: 'vcenter-as-compute', profile: 'blueprint' } as const;
    const inventory = await mode.around(inner);
    return {
      world: new World(folder, options, inventory, { mode }),
      steps: [
        ...BEGINNING,
        async () => {
          const mac = secondMac(inventory);
          await mode.readdress(mac, OTHER_ADDRESS);
          await inner.become(withAddress(inner.picture, VM, mac, OTHER_ADDRESS));
        },
        ...COURSE,
        ...END,
      ],
      requests: [
        ...AT_AGENTS,
        ...MIRRORED.filter((type) => type !== 'virtual-machine').map((type) => `list ${type}`),
      ],
      // Its end is like its beginning.
      async begin() {},
    };
  },
};

function firstMac({ picture }: TestInventory): string {
  return vmOf(picture, VM).adapters[0]?.mac ?? '';
}

function secondMac({ picture }: TestInventory): string {
  return vmOf(picture, VM).adapters[1]?.mac ?? '';
}

/** As an operator would with Contrail's own tools. */
async function attachFloatingIp(api: ConfigApi, mac: string): Promise<void> {
  await api.create('floating-ip-pool', { fq_name: POOL, parent_type: 'virtual-network' });
  await api.create('floating-ip', {
    fq_name: [...POOL, 'floating'],
    parent_type: 'floating-ip-pool',
    virtual_machine_interface_refs: [{ uuid: portId(mac) }],
  });
}

function emptyPicture(networkName: (name: string) => string): Picture {
  const networks = networksNamed(networkName).map((network, index) => ({
    ...network,
    key: `dvportgroup-${21 + index}`,
  }));
  return { hosts: ['esx-1', 'esx-2'], networks, vms: [] };
}
