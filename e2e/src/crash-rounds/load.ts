import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from '@vrouter/testkit';
import type { FileInventory } from '../world/file-inventory.ts';
import { withPower, withVm, type Adapter, type Picture, type Vm } from '../world/picture.ts';

const VM_COUNT = 12;
const ADAPTERS_MAX = 3;
const CHANGES_PER_WRITE_MAX = 5;
const BURST_PAUSE_MS_MAX = 25;
/** The plugin believes a file only when it has stayed the same for 100 ms. */
const CALM_MS = 120;

/** Hosts full of VMs, for the load to change. */
export function crowd(hosts: readonly string[], networks: Picture['networks']): Picture {
  const vms = Array.from({ length: VM_COUNT }, (_, number): Vm => {
    const host = hosts[number % hosts.length] ?? '';
    const id = `50270000-aaaa-bbbb-cccc-${String(number).padStart(12, '0')}`;
    return { name: `vm-${number}`, id, host, on: number % 3 === 0, adapters: [adapter(number, 0)] };
  });
  return { hosts, networks, vms };
}

/** One random thing that an operator might do. */
export function changed(picture: Picture, random: SeededRandom): Picture {
  const vm = random.pick(picture.vms);
  const spare = vm.adapters.length < ADAPTERS_MAX ? vm.adapters.length : undefined;
  const last = vm.adapters.at(-1);
  switch (random.int(0, 6)) {
    case 0:
      if (spare === undefined) break;
      return withVm(picture, { ...vm, adapters: [...vm.adapters, adapter(Number(vm.name.slice(3)), spare)] });
    case 1:
      return withVm(picture, { ...vm, adapters: vm.adapters.slice(0, -1) });
    case 2:
      if (last === undefined) break;
      return withVm(picture, { ...vm, adapters: [...vm.adapters.slice(0, -1), readdressed(last, random)] });
    case 3:
      return withVm(picture, { ...vm, host: random.pick(picture.hosts) });
    default:
  }
  return withPower(picture, vm.name, !vm.on);
}

/** Changes the inventory, in bursts, until `signal` is aborted. Returns how often. */
export async function load(
  inventory: FileInventory,
  random: SeededRandom,
  signal: AbortSignal,
): Promise<number> {
  let changes = 0;
  while (!signal.aborted) {
    let { picture } = inventory;
    for (let left = random.int(1, CHANGES_PER_WRITE_MAX); left > 0; left -= 1, changes += 1) {
      picture = changed(picture, random);
    }
    await inventory.become(picture);
    await sleep(random.int(0, 2) === 0 ? random.int(0, BURST_PAUSE_MS_MAX) : CALM_MS);
  }
  return changes;
}

function adapter(vmNumber: number, index: number): Adapter {
  const digits = [vmNumber, index].map((part) => part.toString(16).padStart(2, '0')).join(':');
  return {
    mac: `00:50:56:aa:${digits}`,
    network: index % 2 === 0 ? 'blue' : 'green',
    ip: `10.1.${vmNumber}.${index + 1}`,
  };
}

/** Another address: the agent must be told by delete and add. */
function readdressed(of: Adapter, random: SeededRandom): Adapter {
  return { ...of, ip: `10.2.${random.int(0, 255)}.${random.int(1, 254)}` };
}
