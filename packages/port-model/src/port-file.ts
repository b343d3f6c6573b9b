import { parsePort, type Parsed } from './parse.ts';
import { initialLinkState, PORT_FIELDS, type Port } from './port.ts';
import { NO_VLAN, NO_VLAN_STORED, type LinkState } from './values.ts';

const MICROS_PER_MS = 1_000;
const MICROS_PER_SECOND = 1_000_000;

/** Who wrote a port file, and when. */
export interface FileStamp {
  /** Name of the agent's program; `/usr/bin/contrail-vrouter-agent` in the field. */
  readonly author: string;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
}

/**
 * The text of a port's file in the real agent's format: 4-space indent, fixed key order, no newline at the end,
 * "no VLAN" as 65535, `link-state` only for type 2.
 */
export function formatPortFile(port: Port, linkState: LinkState, stamp: FileStamp): string {
  const record: Record<string, unknown> = {};
  for (const field of PORT_FIELDS) {
    if (field === 'link-state') continue;
    record[field] = field === 'rx-vlan-id' || field === 'tx-vlan-id' ? storedVlan(port[field]) : port[field];
  }
  if (port.type === 2) record['link-state'] = linkState;
  record['author'] = stamp.author;
  record['time'] = formatAgentTime(stamp.timeMs);
  return JSON.stringify(record, null, 4);
}

/**
 * A port from the text of its file. Any JSON layout, extra keys and a missing `link-state` or `vhostuser-mode` are
 * fine, because other tools write such files too.
 */
export function parsePortFile(text: string): Parsed<{ readonly port: Port; readonly linkState: LinkState }> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const got = text === '' ? 'an empty file' : (error as Error).message;
    return { ok: false, problems: [{ field: 'body', expected: 'JSON', got }] };
  }
  const parsed = parsePort(withRequestVlans(json));
  if (!parsed.ok) return parsed;
  const { 'link-state': _stored, ...port } = parsed.value;
  return { ok: true, value: { port, linkState: initialLinkState(parsed.value) } };
}

/**
 * The agent's clock format: hours since 1970 : minutes : seconds . microseconds, without the fraction when it is
 * zero. `timeMs` at least 0.
 */
export function formatAgentTime(timeMs: number): string {
  const micros = Math.round(timeMs * MICROS_PER_MS);
  const seconds = Math.floor(micros / MICROS_PER_SECOND);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = micros % MICROS_PER_SECOND;
  return fraction === 0 ? clock : `${clock}.${String(fraction).padStart(6, '0')}`;
}

function storedVlan(vlan: number): number {
  return vlan === NO_VLAN ? NO_VLAN_STORED : vlan;
}

function withRequestVlans(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const record = { ...(json as Record<string, unknown>) };
  for (const field of ['rx-vlan-id', 'tx-vlan-id']) {
    if (record[field] === NO_VLAN_STORED) record[field] = NO_VLAN;
  }
  return record;
}
