import type { Picture, Vm } from '../world/picture.ts';

/** How many machines each host has that no inventory knows. */
const PER_HOST = [2, 1];

/**
 * `picture`, and machines on its wires that no inventory knows: whatever agents are told, these reach nobody, not even
 * each other.
 */
export function withStrangers(picture: Picture): Picture {
  const network = picture.networks[0]?.name ?? '';
  const strangers = picture.hosts.flatMap((host, index) =>
    Array.from({ length: PER_HOST[index] ?? 0 }, (_, nth) => stranger(host, network, 200 + 10 * index + nth)),
  );
  return { ...picture, vms: [...picture.vms, ...strangers] };
}

function stranger(host: string, network: string, number: number): Vm {
  const mac = `00:50:56:bf:ff:${number.toString(16)}`;
  const adapters = [{ mac, network, ip: `10.0.1.${number}` }];
  return { name: `stranger-${number}`, id: `stranger-${number}`, host, on: true, adapters };
}
