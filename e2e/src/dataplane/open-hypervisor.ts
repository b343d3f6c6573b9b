import { join } from 'node:path';
import type { Picture } from '../world/picture.ts';
import { Hypervisor } from './hypervisor.ts';
import { withStrangers } from './strangers.ts';

const BRIDGE_PREFIX = 'vr-';

/** A hypervisor with a switch for each host of `picture`, whose machines run; `agents` serve the hosts, in their order. */
export async function openHypervisor(
  folder: string,
  picture: Picture,
  agents: readonly string[],
): Promise<Hypervisor> {
  const hosts = agents.map((agent, index) => ({
    name: picture.hosts[index] ?? '',
    bridge: `${BRIDGE_PREFIX}${agent}`,
  }));
  const hypervisor = await Hypervisor.open(folder, hosts);
  try {
    await hypervisor.follow(withStrangers(picture));
    return hypervisor;
  } catch (error) {
    await hypervisor.close();
    throw error;
  }
}

/** Flags of an agent that forwards for machines of `hypervisor`. */
export function dataPlaneFlags(folder: string, { runDir }: Hypervisor): Readonly<Record<string, string>> {
  return {
    dataplane: 'openvswitch',
    'ovs-run-dir': runDir,
    'bridge-prefix': BRIDGE_PREFIX,
    'peers-dir': join(folder, 'peers'),
  };
}
