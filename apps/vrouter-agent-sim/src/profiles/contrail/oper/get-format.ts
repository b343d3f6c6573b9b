import { NO_IPV4, NO_IPV6, NO_VLAN_STORED, type FileStamp } from '@vrouter/port-model';
import { stampMembers } from '../files/format.modern.ts';
import { prettyObject, type Member } from '../json/write.ts';
import type { VmInterface } from './interface.ts';

/** The answer to a GET of an interface, or undefined while no subnet holds its address. */
export type GetFormat = (one: VmInterface, stamp: FileStamp) => string | undefined;

/** R4.0 to R5.0: an IPv4 subnet is a must. */
export const getFormatR4: GetFormat = (one, stamp) => {
  const { ip, ip6, plen, mac, dnsServer, gateway } = one.config;
  if (ip === NO_IPV4) return undefined;
  return prettyObject([
    ['id', one.id],
    ['instance-id', one.vmId],
    ['ip-address', ip],
    ['plen', plen],
    ['ip6-address', ip6],
    ['vn-id', one.vnId],
    ['vm-project-id', one.projectId],
    ['mac-address', mac],
    ...portMembers(one),
    ['dns-server', dnsServer],
    ['gateway', gateway],
    ...stampMembers(stamp),
  ]);
};

/** From R5.1 on: a subnet of either kind is enough, and only what it holds is told. */
export const getFormatTf: GetFormat = (one, stamp) => {
  const { ip, plen, dnsServer, gateway, ip6, dnsServer6, gateway6, mac } = one.config;
  if (ip === NO_IPV4 && ip6 === NO_IPV6) return undefined;
  const v4: Member[] = [
    ['ip-address', ip],
    ['plen', plen],
    ['dns-server', dnsServer],
    ['gateway', gateway],
  ];
  const v6: Member[] = [
    ['v6-ip-address', ip6],
    ['v6-dns-server', dnsServer6],
    ['v6-gateway', gateway6],
  ];
  return prettyObject([
    ['id', one.id],
    ['instance-id', one.vmId],
    ['vn-id', one.vnId],
    ['vm-project-id', one.projectId],
    ['mac-address', mac],
    ...portMembers(one),
    ...(ip === NO_IPV4 ? [] : v4),
    ...(ip6 === NO_IPV6 ? [] : v6),
    ...stampMembers(stamp),
  ]);
};

/** What the control node said of an interface; `names`: how the release calls the VM, and whether it tells the network. */
export function configText(one: VmInterface, names: { vm: string; hasVnName: boolean }): string {
  const { mac, vnName, annotations } = one.config;
  return prettyObject([
    ['id', one.id],
    [names.vm, one.vmId],
    ['vn-id', one.vnId],
    ...(names.hasVnName ? ([['vn-name', vnName]] as const) : []),
    ['mac-address', mac],
    ['sub-interface', false],
    ['vlan-id', NO_VLAN_STORED],
    ...(annotations.length > 0 ? ([['annotations', annotations]] as const) : []),
  ]);
}

function portMembers(one: VmInterface): Member[] {
  return [
    ['system-name', one.name],
    ['rx-vlan-id', one.rxVlanId],
    ['tx-vlan-id', one.txVlanId],
    ['vhostuser-mode', one.vhostuserMode],
  ];
}
