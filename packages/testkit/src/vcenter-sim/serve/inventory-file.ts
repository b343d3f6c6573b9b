import { parse } from 'yaml';
import { z } from 'zod';
import { VcenterSimError } from '../errors.ts';
import type { SimInventory, SimVlan } from '../model.ts';

const name = z.string().min(1);
const vlan = z.int().min(0).max(4095);
const Host = z.strictObject({
  name,
  maintenance: z.boolean().default(false),
  connected: z.boolean().default(true),
});
const Network = z.strictObject({
  name,
  key: z.string().optional(),
  vlan: z.strictObject({ primary: vlan, isolated: vlan }).optional(),
});
const Adapter = z.strictObject({
  key: z.string().optional(),
  mac: name.optional(),
  network: name,
  connected: z.boolean().default(true),
  ip: z.string().optional(),
  ip6: z.string().optional(),
});
const Vm = z.strictObject({
  name,
  id: z.guid(),
  host: name,
  power: z.enum(['on', 'off', 'suspended']),
  project: z.string().optional(),
  adapters: z.array(Adapter).default([]),
});

/** The plugin's inventory file. vCenter gives keys of its own and knows no projects, so those are read and left. */
const InventoryFile = z.strictObject({
  hosts: z.array(Host).default([]),
  networks: z.array(Network).default([]),
  vms: z.array(Vm).default([]),
});

/** How the file says that there is no address. */
const NONE = 'None';
const NO_VLAN: SimVlan = { primary: 0, isolated: 0 };

/** The inventory that `text` (YAML or JSON) describes. Throws `BAD_INVENTORY`. */
export function parseInventoryFile(text: string): SimInventory {
  const result = InventoryFile.safeParse(parseYaml(text));
  if (!result.success) throw new VcenterSimError('BAD_INVENTORY', z.prettifyError(result.error));
  const { hosts, networks, vms } = result.data;
  return {
    hosts,
    networks: networks.map(({ name, vlan }) => ({ name, vlan: vlan ?? NO_VLAN })),
    vms: vms.map(({ name, id, host, power, adapters }) => ({
      name,
      id,
      host,
      power,
      adapters: adapters.map(({ mac, network, connected, ip, ip6 }) => ({
        ...(mac !== undefined && { mac: mac.toLowerCase() }),
        network,
        connected,
        ip: [ip ?? NONE, ip6 ?? NONE].filter((address) => address !== NONE),
      })),
    })),
  };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new VcenterSimError('BAD_INVENTORY', String(error), { cause: error });
  }
}
