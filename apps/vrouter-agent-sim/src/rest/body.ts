import { isUtf8 } from 'node:buffer';
import { parsePorts, type Port, type Problem } from '@vrouter/port-model';
import type { ErrorCode } from '../errors.ts';
import { leanPort } from '../ports/lean-port.ts';
import { repeatedKey } from './repeated-key.ts';

export type BodyResult =
  | { readonly ok: true; readonly ports: readonly Port[] }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly detail?: string;
      readonly problems?: readonly Problem[];
    };

/** The ports of a `POST /port` body, or what is wrong with it. */
export function portsOf(body: Buffer = Buffer.alloc(0)): BodyResult {
  if (!isUtf8(body)) return { ok: false, code: 'INVALID_JSON', detail: 'it is not UTF-8' };
  const text = body.toString();
  if (text.trim() === '') return { ok: false, code: 'INVALID_JSON', detail: 'it is empty' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, code: 'INVALID_JSON', detail: (error as Error).message };
  }
  const parsed = parsePorts(json);
  if (!parsed.ok) return { ok: false, code: 'INVALID_PORT', problems: parsed.problems };
  const repeated = repeatedKey(text, json);
  if (repeated !== undefined) return { ok: false, code: 'INVALID_PORT', problems: [repeated] };
  return { ok: true, ports: parsed.value.map(kept) };
}

/** As the table will keep it, so that what is not kept is forgotten at once. One with a link state must wait for that to be used. */
function kept(port: Port): Port {
  return port['link-state'] === undefined ? leanPort(port) : port;
}
