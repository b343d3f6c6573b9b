import { parseMac } from '@vrouter/port-model';
import type { Adapter, Inventory, VirtualMachine } from '../inventory/model.ts';
import { remembered } from '../remember.ts';
import type { BindingProblem, Lifecycle } from './desired-port.ts';

const macOf = remembered(parseMac);

/** An adapter that should have a port, with its normalised MAC. */
export interface Candidate {
  readonly vm: VirtualMachine;
  readonly adapter: Adapter;
  readonly mac: string;
}

/**
 * The adapters that should have a port, one per MAC. Of several that claim one MAC those of powered-on VMs win, then
 * the VM with the lowest id: a rule without memory, so that nothing flaps while all exist.
 */
export function candidates(
  inventory: Inventory,
  lifecycle: Lifecycle,
  problems: BindingProblem[],
): Candidate[] {
  const claims = new Map<string, Candidate[]>();
  for (const vm of inventory.vms) {
    if (lifecycle === 'power' && vm.power !== 'on') continue;
    for (const adapter of vm.adapters) {
      const mac = macOf(adapter.mac ?? '');
      const claimants = claims.get(mac ?? '');
      if (mac === undefined) problems.push(noMac(vm, adapter));
      else if (claimants === undefined) claims.set(mac, [{ vm, adapter, mac }]);
      else claimants.push({ vm, adapter, mac });
    }
  }
  return [...claims.values()].flatMap((claimants) => {
    const [winner, ...losers] = claimants.sort(byRight);
    if (winner === undefined) return [];
    if (losers.length > 0) problems.push(duplicate(winner, losers));
    return [winner];
  });
}

function byRight(a: Candidate, b: Candidate): number {
  const [aOn, bOn] = [a.vm.power === 'on', b.vm.power === 'on'];
  if (aOn !== bOn) return aOn ? -1 : 1;
  return compare(a.vm.id, b.vm.id) || compare(a.adapter.key, b.adapter.key);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function noMac(vm: VirtualMachine, { key, mac = '' }: Adapter): BindingProblem {
  return {
    kind: 'no-mac',
    subject: `${vm.name} / ${key}`,
    text: mac === '' ? 'has no MAC yet' : `has no usable MAC: ${mac}`,
  };
}

function duplicate(winner: Candidate, losers: readonly Candidate[]): BindingProblem {
  const names = [winner, ...losers].map(({ vm }) => vm.name);
  return {
    kind: 'duplicate-mac',
    subject: `${names.join(', ')} / ${winner.mac}`,
    text: `several adapters claim this MAC; ${winner.vm.name} has the port until the others change`,
  };
}
