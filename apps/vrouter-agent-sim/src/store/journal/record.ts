import { crc32 } from 'node:zlib';
import type { LinkState, Port } from '@vrouter/port-model';
import { leanPort } from '../../ports/lean-port.ts';
import type { MarksWrite } from '../marks.ts';

export const FORMAT = 1;

/** What the first line of a journal says. */
export interface Header {
  readonly journal: 'vrouter-agent-sim';
  readonly format: number;
}
export const HEADER: Header = { journal: 'vrouter-agent-sim', format: FORMAT };

/** The fields of a port in the order of `rowOf`, its link state, and the size and mtime of its file once that is on disk. */
export type Row = readonly (string | number)[];
/** Port id, then the size and mtime of its file; without them, its file is gone for good. */
export type Settled = readonly [id: string] | readonly [id: string, sizeBytes: number, mtimeMs: number];

/**
 * One line of a journal, to be carried out in this order. Each says what is, not how it came about, so a line may be
 * carried out twice.
 */
export interface JournalRecord {
  readonly settled?: readonly Settled[];
  readonly saved?: readonly Row[];
  readonly removed?: readonly string[];
  readonly marks?: Omit<MarksWrite, 'text'>;
}

/** One line: checksum, space, JSON. */
export function encodeLine(record: JournalRecord | Header): string {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
}

/** undefined: damaged. `line` comes without its end. */
export function decodeLine(line: string): JournalRecord | Header | undefined {
  const json = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== checksum(json)) return undefined;
  return JSON.parse(json) as JournalRecord | Header;
}

/** Written out, as is `portOfRow`: rows are made and read by the hundred thousand. */
export function rowOf(port: Port, linkState: LinkState, facts?: { sizeBytes: number; mtimeMs: number }): Row {
  const row = [
    port.id,
    port['instance-id'],
    port['display-name'],
    port['ip-address'],
    port['ip6-address'],
    port['vn-id'],
    port['vm-project-id'],
    port['mac-address'],
    port['system-name'],
    port.type,
    port['rx-vlan-id'],
    port['tx-vlan-id'],
    port['vhostuser-mode'],
    linkState,
  ];
  return facts === undefined ? row : [...row, facts.sizeBytes, facts.mtimeMs];
}

export function portOfRow(row: Row): Port {
  const [id, instance, name, ip, ip6, network, project, mac, system, type, rx, tx, mode] = row;
  return leanPort({
    id: id as string,
    'instance-id': instance as string,
    'vn-id': network as string,
    'vm-project-id': project as string,
    'display-name': name as string,
    'ip-address': ip as string,
    'ip6-address': ip6 as string,
    'mac-address': mac as string,
    'system-name': system as string,
    type: type as Port['type'],
    'rx-vlan-id': rx as number,
    'tx-vlan-id': tx as number,
    'vhostuser-mode': mode as number,
  });
}

const LINK_STATE_AT = 13;

export function linkStateOfRow(row: Row): LinkState {
  return row[LINK_STATE_AT] as LinkState;
}

export function factsOfRow(row: Row): { sizeBytes: number; mtimeMs: number } | undefined {
  const sizeBytes = row[LINK_STATE_AT + 1];
  const mtimeMs = row[LINK_STATE_AT + 2];
  return typeof sizeBytes === 'number' && typeof mtimeMs === 'number' ? { sizeBytes, mtimeMs } : undefined;
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
