import type { Port } from '@vrouter/port-model';
import type { JsonObject } from '../json/parse.ts';

export interface ReadContext {
  /** The whole request, a character per byte; some messages repeat it. */
  readonly body: string;
  /** Whether the operating system has such an interface; asked only for ports that are read from files. */
  readonly interfaceExists?: (name: string) => boolean;
}

/**
 * The port that a request asks for, with ids, addresses and VLANs as the table holds them ("no VLAN" is 65535).
 * Throws `Refused`.
 */
export type ReadPort = (members: JsonObject, context: ReadContext) => Port;

/** As the real agent numbers them: what it does not know is a VM's. */
export function portType(value: number): Port['type'] {
  return value === 1 || value === 2 ? value : 0;
}

export function uint16(value: number): number {
  return value & 0xffff;
}
