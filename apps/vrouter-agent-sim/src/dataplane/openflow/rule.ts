import type { Action, Flow, Match } from '../flows/flow.ts';
import { pack, padded } from './message.ts';

/** Headers of match fields: class, number, whether masked, length. */
const FIELD = {
  inPort: 0x80000004,
  destination: 0x80000606,
  maskedDestination: 0x8000070c,
  source: 0x80000806,
  vlan: 0x80000c02,
  /** Open vSwitch's registers 0 and 1. */
  network: 0x00010004,
  fromPeer: 0x00010204,
  /** The port that a frame came in by, as Open vSwitch's own actions write it. */
  loadableInPort: 0x00000002,
} as const;

const VLAN_PRESENT = 0x1000;
const GROUP_BIT = Buffer.from('010000000000', 'hex');
const NICIRA = 0x2320;
const PORT_NONE = 0xffff;
const CLASSIFIED_TABLE = 1;

/** Match and instructions of a flow, as a flow modification carries them. */
export function encodeRule({ match, actions }: Flow): Buffer {
  return Buffer.concat([encodeMatch(matchFields(match)), ...instructions(actions)]);
}

/** A match of nothing but these fields. */
export function encodeMatch(fields: readonly Buffer[]): Buffer {
  const all = Buffer.concat(fields);
  return padded(Buffer.concat([pack([2, 1], [2, 4 + all.length]), all]));
}

function matchFields({ inPort, vlan, source, destination, network, fromPeer }: Match): readonly Buffer[] {
  const fields: Buffer[] = [];
  if (inPort !== undefined) fields.push(pack([4, FIELD.inPort], [4, inPort]));
  if (destination === 'group') fields.push(pack([4, FIELD.maskedDestination]), GROUP_BIT, GROUP_BIT);
  else if (destination !== undefined) fields.push(pack([4, FIELD.destination]), macBytes(destination));
  if (source !== undefined) fields.push(pack([4, FIELD.source]), macBytes(source));
  if (vlan !== undefined) fields.push(pack([4, FIELD.vlan], [2, vlan === null ? 0 : vlan | VLAN_PRESENT]));
  if (network !== undefined) fields.push(pack([4, FIELD.network], [4, network]));
  if (fromPeer !== undefined) fields.push(pack([4, FIELD.fromPeer], [4, Number(fromPeer)]));
  return fields;
}

function instructions(actions: readonly Action[]): readonly Buffer[] {
  const all = Buffer.concat([...classification(actions), ...copies(actions)]);
  const apply = Buffer.concat([pack([2, 4], [2, 8 + all.length], [4, 0]), all]);
  const goesOn = actions.some((action) => action.do === 'classify');
  return goesOn ? [apply, pack([2, 1], [2, 8], [1, CLASSIFIED_TABLE], [1, 0], [2, 0])] : [apply];
}

function classification(actions: readonly Action[]): readonly Buffer[] {
  return actions.flatMap((action) => {
    if (action.do !== 'classify') return [];
    return [
      ...(action.tagged ? [pack([2, 18], [2, 8], [4, 0])] : []),
      setField(pack([4, FIELD.network], [4, action.network])),
      setField(pack([4, FIELD.fromPeer], [4, Number(action.fromPeer)])),
      // A switch sends nothing back through the port that it came by; here that is what the trunk is for.
      pack([2, 0xffff], [2, 24], [4, NICIRA], [2, 7], [2, 15], [4, FIELD.loadableInPort], [8, PORT_NONE]),
    ];
  });
}

/** Copies without a tag leave first: then one tag is pushed, and rewritten for each copy. */
function copies(actions: readonly Action[]): readonly Buffer[] {
  const sends = actions.filter((action) => action.do === 'send');
  const plain = sends.filter(({ vlan }) => vlan === undefined);
  const tagged = sends.filter(({ vlan }) => vlan !== undefined);
  return [
    ...plain.map(({ port }) => output(port)),
    ...(tagged.length > 0 ? [pack([2, 17], [2, 8], [2, 0x8100], [2, 0])] : []),
    ...tagged.flatMap(({ port, vlan = 0 }) => [
      setField(pack([4, FIELD.vlan], [2, vlan | VLAN_PRESENT])),
      output(port),
    ]),
  ];
}

function output(port: number): Buffer {
  return pack([2, 0], [2, 16], [4, port], [2, 0xffff], [2, 0], [4, 0]);
}

function setField(field: Buffer): Buffer {
  const body = padded(Buffer.concat([pack([2, 25], [2, 0]), field]));
  body.writeUInt16BE(body.length, 2);
  return body;
}

function macBytes(mac: string): Buffer {
  return Buffer.from(mac.replaceAll(':', ''), 'hex');
}
