import { createLogger, systemClock, type Clock } from '@vrouter/service-kit';
import { Placements } from '../binding/placements.ts';
import { shownConfig, type Config } from '../config.ts';
import type { Inventory, InventorySource } from '../inventory/model.ts';
import { openSource } from '../inventory/open-source.ts';
import { checkConfigApiLive } from './check-config-api.ts';
import { firstInventory } from './first-inventory.ts';
import { printBinding } from './print-binding.ts';

const FIRST_PICTURE_MS_MAX = 60_000;

/**
 * Prints what the configuration means and what its inventory holds now. Only reads: no state folder, no agent is
 * touched. Throws `StartError` when there is no complete inventory within a minute, or the config API does not answer.
 */
export async function checkLive(
  config: Config,
  print: (text: string) => void,
  source: InventorySource = sourceOf(config),
  clock: Clock = systemClock,
): Promise<void> {
  print(JSON.stringify(shownConfig(config), null, 2));
  const placements = new Placements(config, clock, createLogger('check', 'silent'));
  const inventory = await firstInventory(source, clock, FIRST_PICTURE_MS_MAX);
  print(`${source.description}: ${countsOf(inventory)}`);
  const hosts = new Set(inventory.hosts.map(({ name }) => name));
  const places = placements.of(inventory);
  const served = new Set(places.agents.map(({ host }) => host));
  const unserved = [...hosts].filter((host) => !served.has(host));
  const absent = places.agents.filter(({ host }) => !hosts.has(host));
  const bare = inventory.networks.filter(({ vlan }) => vlan === undefined);
  list('hosts without agents', unserved, print);
  list(
    'agents without hosts',
    absent.map(({ name, host }) => `${name} (${host})`),
    print,
  );
  list(
    'networks without VLAN',
    bare.map(({ name, problem }) => (problem === undefined ? name : `${name} (${problem})`)),
    print,
  );
  const poolProblems = inventory.networks.flatMap(({ name, addressesProblem: problem }) =>
    problem === undefined ? [] : [`${name} (${problem})`],
  );
  if (poolProblems.length > 0) list('networks without the subnet of their IP pool', poolProblems, print);
  printBinding(config, inventory, places, print);
  if (config.configApi !== undefined) await checkConfigApiLive(config.configApi, config.mode, clock, print);
  print('The configuration is usable, and the inventory complete. Nothing was changed.');
}

function sourceOf({ inventory, mode }: Config): InventorySource {
  const log = createLogger('check', 'silent');
  return openSource(inventory, systemClock, log, { ipPools: mode === 'vcenter-only' });
}

function countsOf({ hosts, networks, vms }: Inventory): string {
  const adapters = vms.reduce((sum, vm) => sum + vm.adapters.length, 0);
  return `${hosts.length} hosts, ${networks.length} networks, ${vms.length} VMs, ${adapters} adapters`;
}

function list(what: string, names: readonly string[], print: (text: string) => void): void {
  print(`${what}: ${names.length === 0 ? 'none' : names.join(', ')}`);
}
