import { readdirSync } from 'node:fs';

const FOLDER = '/sys/class/net';

/** Whether this machine has an interface of that name, with or without addresses. */
export function interfaceExists(name: string): boolean {
  try {
    return readdirSync(FOLDER).includes(name);
  } catch {
    return false; // no Linux: then no interface of a VM either
  }
}
