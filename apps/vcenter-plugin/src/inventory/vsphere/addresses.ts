import { isIPv4, isIPv6 } from 'node:net';
import type { AdapterRecord, VmRecord } from '@vrouter/vsphere-client';

/** What the guest reports for this card: the first of each kind that is of use beyond the link. */
export function addressesOf(vm: VmRecord, adapter: AdapterRecord): { ip?: string; ip6?: string } {
  const all = vm.guest.filter(({ mac }) => mac === adapter.mac).flatMap(({ addresses }) => addresses);
  const ip = all.find((address) => isIPv4(address) && !address.startsWith('169.254.'));
  const ip6 = all.find((address) => isIPv6(address) && !/^fe[89ab]/iu.test(address));
  return { ...(ip !== undefined && { ip }), ...(ip6 !== undefined && { ip6 }) };
}
