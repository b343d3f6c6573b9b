import { Refusal } from '../errors.ts';
import { formatIpv4 } from '../ipam/ipv4.ts';
import { isInside, parseSubnet, SubnetSpec, subnetName, type Subnet } from '../ipam/subnet.ts';
import { addressOf, holdersIn, subnetSpecsOf } from './addresses.ts';
import { pythonText } from './python-text.ts';
import type { State } from './state.ts';
import type { Reference, StoredObject } from './stored-object.ts';

/**
 * A network with its subnets checked and completed: gateway and DNS address become part of what is stored. Throws
 * `Refusal` BAD_SUBNET, SUBNET_FIXED, SUBNET_IN_USE or BAD_REFERENCE.
 */
export function completeNetwork(state: State, network: StoredObject, before?: StoredObject): StoredObject {
  const known = new Map(
    (before === undefined ? [] : subnetSpecsOf(before)).map((spec) => [subnetName(spec), spec]),
  );
  const subnets: Subnet[] = [];
  const refs = (network.refs['network-ipam'] ?? []).map((ref): Reference => {
    const specs = readSpecs(ref).map((spec) => completeSpec(spec, known.get(subnetName(spec)), subnets));
    return { uuid: ref.uuid, attr: { ...(ref.attr as object), ipam_subnets: specs } };
  });
  refuseOverlap(subnets);
  if (before !== undefined) refuseLosingAddresses(state, before, subnets);
  return refs.length === 0 ? network : { ...network, refs: { ...network.refs, 'network-ipam': refs } };
}

function readSpecs(ref: Reference): SubnetSpec[] {
  const attr = ref.attr as { ipam_subnets?: unknown } | null;
  const parsed = SubnetSpec.array().safeParse(attr?.ipam_subnets ?? []);
  if (attr !== null && parsed.success) return parsed.data;
  throw new Refusal(
    'BAD_REFERENCE',
    `Bad reference in create: Error validating reference network_ipam_refs value ${pythonText(ref)} `,
  );
}

function completeSpec(spec: SubnetSpec, known: SubnetSpec | undefined, subnets: Subnet[]): SubnetSpec {
  const asked = withoutNulls({
    ...spec,
    default_gateway: spec.default_gateway ?? known?.default_gateway,
    dns_server_address: spec.dns_server_address ?? known?.dns_server_address,
    subnet_uuid: spec.subnet_uuid ?? known?.subnet_uuid,
  });
  const parsed = parseSubnet(asked);
  if (!parsed.ok) throw new Refusal('BAD_SUBNET', parsed.why);
  const [gateway, service] = [formatIpv4(parsed.subnet.gateway), formatIpv4(parsed.subnet.serviceAddress)];
  refuseChange('default gateway', known?.default_gateway, gateway);
  refuseChange('dns server', known?.dns_server_address, service);
  subnets.push(parsed.subnet);
  return { ...asked, default_gateway: gateway, dns_server_address: service };
}

function refuseChange(what: string, before: string | null | undefined, now: string): void {
  if (before === undefined || before === null || before === now) return;
  throw new Refusal('SUBNET_FIXED', `${what} change is not allowed orig:${before}, new: ${now}`);
}

function refuseOverlap(subnets: readonly Subnet[]): void {
  for (const [index, one] of subnets.entries()) {
    const other = subnets.slice(index + 1).find(({ first, last }) => first <= one.last && last >= one.first);
    if (other === undefined) continue;
    const both = [one, other].map(({ name }) => `IPNetwork('${name}')`).join(', ');
    throw new Refusal('BAD_SUBNET', `Overlapping addresses: [${both}]`);
  }
}

function refuseLosingAddresses(state: State, before: StoredObject, subnets: readonly Subnet[]): void {
  for (const holder of holdersIn(state.graph, before)) {
    const address = addressOf(holder);
    if (address === undefined || subnets.some((subnet) => isInside(subnet, address))) continue;
    const what = holder.type === 'instance-ip' ? 'IP' : 'Floating IP';
    throw new Refusal('SUBNET_IN_USE', `Cannot Delete IP Block, ${what}(${formatIpv4(address)}) is in use`);
  }
}

function withoutNulls(spec: SubnetSpec): SubnetSpec {
  const entries = Object.entries(spec).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries) as SubnetSpec;
}
