import type { SeededRandom } from '@vrouter/testkit';
import type { Adapter, Vm } from '../../world/picture.ts';
import type { TestInventory } from '../../world/test-inventory.ts';

const VMS_MAX = 10;
const ADAPTERS_MAX = 3;
/** Addresses and MACs below are those of the cast. */
const FIRST_NUMBER = 40;

/** What an operator may do, as often as it stands here. */
const CHANGES = [
  'power',
  'power',
  'power',
  'create',
  'create',
  'remove',
  'move',
  'move',
  'plug',
  'plug',
  'unplug',
] as const;

/** Does one thing that an operator might do. Returns it in words. */
export async function change(inventory: TestInventory, random: SeededRandom): Promise<string> {
  const { vms, hosts } = inventory.picture;
  const vm = random.pick(vms);
  const guests = vms.filter(({ name }) => name.startsWith('load-'));
  switch (random.pick(CHANGES)) {
    case 'create': {
      const slot = random.int(0, VMS_MAX - 1);
      if (guests.some(({ name }) => name === `load-${slot}`)) break;
      const adapters = Array.from({ length: random.int(1, 2) }, (_, nth) => adapter(slot, nth));
      await inventory.createVm({
        ...blank(slot),
        host: random.pick(hosts),
        on: random.int(0, 2) > 0,
        adapters,
      });
      return `VM load-${slot} is created`;
    }
    case 'remove': {
      if (guests.length === 0) break;
      const { name } = random.pick(guests);
      await inventory.removeVm(name);
      return `VM ${name} is removed`;
    }
    case 'move': {
      const host = random.pick(hosts.filter((each) => each !== vm.host));
      await inventory.moveVm(vm.name, host);
      return `VM ${vm.name} moves to ${host}`;
    }
    case 'plug': {
      if (guests.length === 0) break;
      const guest = random.pick(guests);
      const slot = Number(guest.name.slice('load-'.length));
      const macs = guest.adapters.map(({ mac }) => mac);
      const free = Array.from({ length: ADAPTERS_MAX }, (_, nth) => adapter(slot, nth)).find(
        ({ mac }) => !macs.includes(mac),
      );
      if (free === undefined) break;
      await inventory.addAdapter(guest.name, free);
      return `VM ${guest.name} gets adapter ${free.mac}`;
    }
    case 'unplug': {
      const rich = guests.filter(({ adapters }) => adapters.length > 1);
      if (rich.length === 0) break;
      const { name, adapters } = random.pick(rich);
      const { mac } = random.pick(adapters);
      await inventory.removeAdapter(name, mac);
      return `VM ${name} loses adapter ${mac}`;
    }
    case 'power':
  }
  if (vm.on) await inventory.powerOff(vm.name);
  else await inventory.powerOn(vm.name);
  return `VM ${vm.name} is powered ${vm.on ? 'off' : 'on'}`;
}

function blank(slot: number): Omit<Vm, 'host' | 'on' | 'adapters'> {
  return { name: `load-${slot}`, id: `50270000-aaaa-bbbb-cccc-${String(slot).padStart(12, '0')}` };
}

/** Of VM number `slot` the adapter number `nth`: the same each time. */
function adapter(slot: number, nth: number): Adapter {
  const number = FIRST_NUMBER + slot * ADAPTERS_MAX + nth;
  const isBlue = nth % 2 === 0;
  return {
    mac: `00:50:56:bf:01:${number.toString(16).padStart(2, '0')}`,
    network: isBlue ? 'blue' : 'green',
    ip: `10.0.${isBlue ? 1 : 2}.${number}`,
  };
}
