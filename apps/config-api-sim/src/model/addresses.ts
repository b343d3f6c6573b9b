import { AddressBook } from '../ipam/address-book.ts';
import { parseIpv4 } from '../ipam/ipv4.ts';
import { SubnetSpec, parseSubnet, type Subnet } from '../ipam/subnet.ts';
import type { Graph } from './graph.ts';
import type { StoredObject } from './stored-object.ts';

/** The networks whose addresses the server does not manage. */
const UNMANAGED = new Set([
  'default-domain:default-project:ip-fabric',
  'default-domain:default-project:__link_local__',
]);

export const isUnmanaged = ({ fqName }: StoredObject): boolean => UNMANAGED.has(fqName.join(':'));

/** The specs of all subnets of a network, as they are stored. */
export function subnetSpecsOf(network: StoredObject): SubnetSpec[] {
  return (network.refs['network-ipam'] ?? []).flatMap(({ attr }) => {
    const { ipam_subnets: specs } = (attr ?? {}) as { ipam_subnets?: unknown };
    return Array.isArray(specs) ? specs.map((spec) => SubnetSpec.parse(spec)) : [];
  });
}

function subnetsOf(network: StoredObject): Subnet[] {
  return subnetSpecsOf(network).map((spec) => {
    const parsed = parseSubnet(spec);
    if (!parsed.ok) throw new Error(`network ${network.uuid} was stored with a bad subnet: ${parsed.why}`);
    return parsed.subnet;
  });
}

/** The network whose address `object` has or asks for, if it is an address at all. */
export function networkOf(graph: Graph, object: StoredObject): StoredObject | undefined {
  if (object.type === 'instance-ip') return graph.get(object.refs['virtual-network']?.[0]?.uuid ?? '');
  if (object.type !== 'floating-ip' || object.parent?.type !== 'floating-ip-pool') return undefined;
  return graph.get(graph.get(object.parent.uuid)?.parent?.uuid ?? '');
}

export const addressField = (object: StoredObject): string =>
  object.type === 'instance-ip' ? 'instance_ip_address' : 'floating_ip_address';

/** The address that `object` holds. */
export const addressOf = (object: StoredObject): number | undefined =>
  parseIpv4(object.properties[addressField(object)]);

/** The address books of all networks, kept in step with the objects of `graph`. */
export class Addresses {
  readonly #books = new Map<string, AddressBook>();
  readonly #graph: Graph;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  of(network: StoredObject): AddressBook {
    return this.#books.get(network.uuid) ?? new AddressBook([]);
  }

  takenCount(): number {
    return [...this.#books.values()].reduce((sum, book) => sum + book.takenCount, 0);
  }

  /** `object` was put into the graph, in the place of `before`. */
  put(object: StoredObject, before: StoredObject | undefined): void {
    if (object.type === 'virtual-network') this.#open(object);
    if (before !== undefined) this.#free(before);
    this.#take(object);
  }

  /** `object` is about to leave the graph. */
  remove(object: StoredObject): void {
    this.#books.delete(object.uuid);
    this.#free(object);
  }

  #open(network: StoredObject): void {
    this.#books.set(network.uuid, new AddressBook(subnetsOf(network)));
    for (const holder of holdersIn(this.#graph, network)) this.#take(holder);
  }

  #take(object: StoredObject): void {
    this.#withBook(object, (book, address) => book.take(address));
  }

  #free(object: StoredObject): void {
    this.#withBook(object, (book, address) => book.free(address));
  }

  #withBook(object: StoredObject, use: (book: AddressBook, address: number) => void): void {
    const network = networkOf(this.#graph, object);
    const address = addressOf(object);
    if (network === undefined || address === undefined || isUnmanaged(network)) return;
    use(this.of(network), address);
  }
}

/** The objects that hold an address of `network`. */
export function holdersIn(graph: Graph, network: StoredObject): StoredObject[] {
  const instanceIps = graph.referrersOf(network.uuid).filter(({ type }) => type === 'instance-ip');
  const pools = graph.childrenOf(network.uuid).filter(({ type }) => type === 'floating-ip-pool');
  return [...instanceIps, ...pools.flatMap(({ uuid }) => graph.childrenOf(uuid))];
}
