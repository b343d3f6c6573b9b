import type { Operation } from '@vrouter/port-model';
import type { SeenRequest } from './seam.ts';

/** A request in the words of rules. */
export interface Described {
  readonly operation: Operation | null;
  /** Lower case. */
  readonly portIds: readonly string[];
  readonly vms: readonly string[];
  readonly client: string;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST port': 'add',
  'GET port': 'get',
  'DELETE port': 'delete',
  'POST syncports': 'sync',
  'PUT enable-port': 'enable',
  'PUT disable-port': 'disable',
};

/** Whatever the profile makes of the request: faults must hit bad requests, too. */
export function describe({ method, path, body, client }: SeenRequest): Described {
  const [, noun = '', id] = path.split('/');
  const operation = OPERATIONS[`${method} ${noun}`] ?? null;
  const ports = operation === 'add' ? portsIn(body) : [];
  const values = (key: string): string[] =>
    ports
      .map((port) => port[key])
      .flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : []));
  return {
    operation,
    portIds: id === undefined || id === '' ? values('id') : [id.toLowerCase()],
    vms: values('instance-id'),
    client,
  };
}

function portsIn(body: string): Record<string, unknown>[] {
  try {
    const json = JSON.parse(body) as unknown;
    return [json]
      .flat()
      .filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null);
  } catch {
    return [];
  }
}
