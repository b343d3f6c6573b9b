import { VcenterSimError } from '../errors.ts';
import type { SimChange, SimInventory, SimVlan } from '../model.ts';

type Inventory = Required<SimInventory>;
type Arguments = readonly string[];

/** One thing that a user can have done to the served vCenter. */
export interface Command {
  /** What the words after the name mean; those in brackets may be left out, dots mean several. */
  readonly parameters: string;
  readonly help: string;
  /** What the operator does, one after the other. */
  readonly changes: (args: Arguments, inventory: Inventory) => readonly SimChange[];
}

const power =
  (power: 'on' | 'off' | 'suspended'): Command['changes'] =>
  ([vm = '']) => [{ action: 'power', vm, power }];

const cable =
  (connected: boolean): Command['changes'] =>
  ([vm = '', mac = '']) => [{ action: 'changeAdapter', vm, mac: mac.toLowerCase(), to: { connected } }];

const maintenance =
  (maintenance: boolean): Command['changes'] =>
  ([host = '']) => [{ action: 'maintenance', host, maintenance }];

const connection =
  (connected: boolean): Command['changes'] =>
  ([host = '']) => [{ action: 'hostConnection', host, connected }];

export const COMMANDS: Readonly<Record<string, Command>> = {
  'power-on': { parameters: 'VM', help: 'power a VM on', changes: power('on') },
  'power-off': { parameters: 'VM', help: 'power it off', changes: power('off') },
  reset: {
    parameters: 'VM',
    help: 'off and on again at once',
    changes: ([vm = '']) => [{ action: 'reset', vm }],
  },
  suspend: { parameters: 'VM', help: 'suspend it', changes: power('suspended') },
  move: {
    parameters: 'VM HOST',
    help: 'to another host, as vMotion does',
    changes: ([vm = '', host = '']) => [{ action: 'relocate', vm, host }],
  },
  create: {
    parameters: 'VM HOST NETWORK [IP ...]',
    help: 'a new VM with one adapter, and power it on',
    changes: ([name = '', host = '', network = '', ...ip], inventory) => [
      { action: 'createVm', vm: { name, host, power: 'on', adapters: [newAdapter(inventory, network, ip)] } },
    ],
  },
  destroy: { parameters: 'VM', help: 'a VM for good', changes: ([vm = '']) => [{ action: 'destroyVm', vm }] },
  unregister: {
    parameters: 'VM',
    help: 'vCenter forgets a VM that is off',
    changes: ([vm = '']) => [{ action: 'unregisterVm', vm }],
  },
  register: {
    parameters: 'VM',
    help: 'and knows it again',
    changes: ([vm = '']) => [{ action: 'registerVm', vm }],
  },
  rename: {
    parameters: 'VM NAME',
    help: 'a VM',
    changes: ([vm = '', name = '']) => [{ action: 'renameVm', vm, name }],
  },
  'add-adapter': {
    parameters: 'VM NETWORK [IP ...]',
    help: 'one more network card, with a MAC of its own',
    changes: ([vm = '', network = '', ...ip], inventory) => [
      { action: 'addAdapter', vm, adapter: newAdapter(inventory, network, ip) },
    ],
  },
  'remove-adapter': {
    parameters: 'VM MAC',
    help: 'take a card out',
    changes: ([vm = '', mac = '']) => [{ action: 'removeAdapter', vm, mac: mac.toLowerCase() }],
  },
  'change-adapter': {
    parameters: 'VM MAC NETWORK',
    help: 'plug a card into another network',
    changes: ([vm = '', mac = '', network = '']) => [
      { action: 'changeAdapter', vm, mac: mac.toLowerCase(), to: { network } },
    ],
  },
  'connect-adapter': { parameters: 'VM MAC', help: "plug a card's cable in", changes: cable(true) },
  'disconnect-adapter': { parameters: 'VM MAC', help: 'and pull it', changes: cable(false) },
  'guest-ip': {
    parameters: 'VM MAC [IP ...]',
    help: 'what the guest tools report; no address: none',
    changes: ([vm = '', mac = '', ...ip]) => [{ action: 'guestIp', vm, mac: mac.toLowerCase(), ip }],
  },
  'create-network': {
    parameters: 'NETWORK VLAN',
    help: 'a port group; VLAN is a number, or PRIMARY/ISOLATED',
    changes: ([name = '', vlan]) => [{ action: 'createNetwork', network: { name, vlan: vlanOf(vlan) } }],
  },
  'change-network': {
    parameters: 'NETWORK VLAN',
    help: 'give a port group another VLAN',
    changes: ([network = '', vlan]) => [{ action: 'changeNetwork', network, vlan: vlanOf(vlan) }],
  },
  'rename-network': {
    parameters: 'NETWORK NAME',
    help: 'a port group',
    changes: ([network = '', name = '']) => [{ action: 'renameNetwork', network, name }],
  },
  'destroy-network': {
    parameters: 'NETWORK',
    help: 'a port group for good',
    changes: ([network = '']) => [{ action: 'destroyNetwork', network }],
  },
  'add-host': {
    parameters: 'HOST',
    help: 'an ESXi host',
    changes: ([host = '']) => [{ action: 'addHost', host }],
  },
  'remove-host': {
    parameters: 'HOST',
    help: 'with the VMs on it',
    changes: ([host = '']) => [{ action: 'removeHost', host }],
  },
  'enter-maintenance': { parameters: 'HOST', help: 'a host', changes: maintenance(true) },
  'exit-maintenance': { parameters: 'HOST', help: 'and back', changes: maintenance(false) },
  'disconnect-host': { parameters: 'HOST', help: 'vCenter loses the host', changes: connection(false) },
  'reconnect-host': { parameters: 'HOST', help: 'and finds it again', changes: connection(true) },
};

/** What `words` ask the operator to do. Throws `BAD_USAGE` for an unknown command, and for too few or too many words. */
export function changesFor(words: readonly string[], inventory: Inventory): readonly SimChange[] {
  const [name = '', ...args] = words;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new VcenterSimError('BAD_USAGE', `There is no command ${name}`);
  const parameters = command.parameters.split(' ');
  const required = parameters.filter((parameter) => !/[[\]]/u.test(parameter));
  const several = command.parameters.includes('...');
  if (args.length < required.length || (!several && args.length > parameters.length)) {
    throw new VcenterSimError('BAD_USAGE', `Expected ${name} ${command.parameters}, got ${words.join(' ')}`);
  }
  return command.changes(args, inventory);
}

function vlanOf(text = ''): SimVlan {
  const match = /^(\d{1,4})(?:\/(\d{1,4}))?$/u.exec(text);
  if (match === null) {
    throw new VcenterSimError('BAD_USAGE', `Expected a VLAN such as 100 or 100/101, got ${text}`);
  }
  const primary = Number(match[1]);
  return { primary, isolated: match[2] === undefined ? primary : Number(match[2]) };
}

/** With the first MAC that nobody has, in the range that vCenter gives out by hand. */
function newAdapter({ vms }: Inventory, network: string, ip: Arguments) {
  const taken = new Set(vms.flatMap(({ adapters }) => adapters.map(({ mac }) => mac)));
  let number = 1;
  while (taken.has(macOf(number))) number += 1;
  return { mac: macOf(number), network, ip };
}

function macOf(number: number): string {
  const digits = number.toString(16).padStart(4, '0');
  return `00:50:56:10:${digits.slice(0, 2)}:${digits.slice(2)}`;
}
