import { Refusal } from '../errors.ts';
import type { Choice } from '../ipam/address-book.ts';
import { formatIpv4, parseIpv4 } from '../ipam/ipv4.ts';
import { addressField, isUnmanaged, networkOf } from './addresses.ts';
import { pythonText } from './python-text.ts';
import type { State } from './state.ts';
import type { StoredObject } from './stored-object.ts';

/** `object`, an instance-ip or floating-ip about to be created, with its address. Throws `Refusal`. */
export function withAddress(state: State, object: StoredObject): StoredObject {
  if (object.type === 'floating-ip' && object.parent?.type === 'instance-ip') return object;
  const network = networkOf(state.graph, object);
  if (network === undefined) {
    throw new Refusal('BAD_REFERENCE', 'Bad reference in create: virtual_network_refs is missing');
  }
  if (isUnmanaged(network)) return object;
  const book = state.addresses.of(network);
  const name = pythonText(network.fqName);
  if (book.isEmpty) throw new Refusal('NO_ADDRESS', `Virtual-Network(${name}) has no defined subnets`);

  const field = addressField(object);
  const text = object.properties[field] ?? undefined;
  const asked = parseIpv4(text);
  if (text !== undefined && asked === undefined) {
    throw new Refusal('NO_ADDRESS', `failed to detect a valid IP address from ${pythonText(text)}`);
  }
  const subnetUuid = object.properties['subnet_uuid'];
  const choice =
    asked === undefined
      ? book.next(typeof subnetUuid === 'string' ? subnetUuid : undefined)
      : book.check(asked);
  const address = chosen(choice, name, isForVm(state, object));
  return { ...object, properties: { ...object.properties, [field]: formatIpv4(address) } };
}

function chosen(choice: Choice, network: string, isForVm: boolean): number {
  switch (choice.kind) {
    case 'address':
      return choice.address;
    case 'gateway':
      // A router's interface may have it.
      if (!isForVm) return choice.address;
      throw gatewayRefusal();
    case 'in-use':
      throw new Refusal('ADDRESS_IN_USE', 'Ip address already in use');
    case 'exhausted':
      throw new Refusal('NO_ADDRESS', `Virtual-Network(${network}) has exhausted subnet(all)`);
  }
}

const gatewayRefusal = (): Refusal =>
  new Refusal('GATEWAY_NOT_FOR_VM', 'Gateway IP cannot be used by VM port');

/** Does one of its interfaces belong to a virtual machine? */
function isForVm(state: State, object: StoredObject): boolean {
  return (object.refs['virtual-machine-interface'] ?? []).some(
    ({ uuid }) => state.graph.get(uuid)?.refs['virtual-machine'] !== undefined,
  );
}

/** An address stays what it is, and a VM may not get the gateway's by way of a changed reference. Throws `Refusal`. */
export function checkAddressChange(state: State, before: StoredObject, after: StoredObject): void {
  const field = addressField(before);
  if (after.properties[field] !== before.properties[field]) {
    const what = before.type === 'instance-ip' ? 'Instance' : 'Floating';
    throw new Refusal('ADDRESS_FIXED', `${what} IP Address can not be changed`);
  }
  const address = parseIpv4(before.properties[field]);
  const network = networkOf(state.graph, before);
  if (network === undefined || address === undefined) return;
  if (networkOf(state.graph, after)?.uuid !== network.uuid) {
    throw new Refusal('ADDRESS_FIXED', 'The network of an address can not be changed');
  }
  const isGateway = state.addresses.of(network).check(address).kind === 'gateway';
  if (isGateway && isForVm(state, after)) throw gatewayRefusal();
}
