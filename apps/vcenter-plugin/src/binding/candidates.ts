import { parseMac } from '@vrouter/port-model';
import type { Adapter, Inventory, VirtualMachine } from '../inventory/model.ts';
import type { BindingProblem, Lifecycle } from './desired-port.ts';

/** An adapter that should have a port, with its normalised MAC. */
export interface Candidate {
  readonly vm: VirtualMachine;
  readonly adapter: Adapter;
  readonly mac: string;
}

/**
 * The adapters that should have a port, one per MAC. Of two that claim one MAC the powered-on one wins, then the VM
 * with the lower id: a rule without memory, so that nothing flaps while both exist.
 */
export function candidates(
  inventory: Inventory,
  lifecycle: Lifecycle,
  problems: BindingProblem[],
): Candidate[] {
  const byMac = new Map<string, Candidate>();
  for (const vm of inventory.vms) {
    if (lifecycle === 'power' && vm.power !== 'on') continue;
    for (const adapter of vm.adapters) {
      const mac = parseMac(adapter.mac);
      if (mac === undefined) {
        problems.push({
          kind: 'no-mac',
          subject: `${vm.name} / ${adapter.key}`,
          text: `has no usable MAC yet (${adapter.mac ?? 'none'})`,
        });
        continue;
      }
      const candidate = { vm, adapter, mac };
      const rival = byMac.get(mac);
      if (rival !== undefined) problems.push(duplicate(mac, rival, candidate));
      if (rival === undefined || wins(candidate, rival)) byMac.set(mac, candidate);
    }
  }
  return [...byMac.values()];
}

function wins(a: Candidate, b: Candidate): boolean {
  const aOn = a.vm.power === 'on';
  if (aOn !== (b.vm.power === 'on')) return aOn;
  return a.vm.id < b.vm.id || (a.vm.id === b.vm.id && a.adapter.key < b.adapter.key);
}

function duplicate(mac: string, a: Candidate, b: Candidate): BindingProblem {
  const winner = wins(a, b) ? a : b;
  return {
    kind: 'duplicate-mac',
    subject: `${a.vm.name}, ${b.vm.name} / ${mac}`,
    text: `two adapters claim this MAC; ${winner.vm.name} has the port until one of them changes`,
  };
}
