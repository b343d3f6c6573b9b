import type { RestOperation } from '../rest/operations.ts';
import type { SeenRequest } from './seam.ts';

/** A request in the words of rules. */
export interface Described {
  readonly operation: RestOperation | null;
  /** Lower case. */
  readonly portIds: readonly string[];
  /** Lower case; a name where the path has one. */
  readonly vms: readonly string[];
  readonly client: string;
}

const OPERATIONS: Readonly<Record<string, RestOperation>> = {
  'POST port': 'add',
  'GET port': 'get',
  'DELETE port': 'delete',
  'POST syncports': 'sync',
  'PUT enable-port': 'enable',
  'PUT disable-port': 'disable',
  'POST gateway': 'add-gateway',
  'DELETE gateway': 'delete-gateway',
  'POST vm': 'subscribe-vm',
  'DELETE vm': 'unsubscribe-vm',
  'GET vm': 'get-vm',
  'GET vm-cfg': 'get-vm-config',
};

/** Whatever the profile makes of the request: faults must hit bad requests, too. */
export function describe({ method, path, body, client }: SeenRequest): Described {
  const [, noun = '', ...names] = path.split('/');
  const rest = names.map((name) => name.toLowerCase());
  const operation = OPERATIONS[`${method} ${noun}`] ?? null;
  if (operation === 'get-vm-config') return { operation, portIds: [], vms: given(rest.join('/')), client };
  const [id = '', second = ''] = rest;
  if (noun === 'vm') {
    const wanted = operation === 'subscribe-vm' ? objectsIn(body) : [];
    return {
      operation: operation === 'get-vm' && second !== '' ? 'get-vm-interface' : operation,
      portIds: [...given(second), ...valuesOf(wanted, 'vmi-uuid')],
      vms: [...given(id), ...valuesOf(wanted, 'vm-uuid')],
      client,
    };
  }
  const ports = operation === 'add' ? objectsIn(body) : [];
  return {
    operation,
    portIds: id === '' ? valuesOf(ports, 'id') : [id],
    vms: valuesOf(ports, 'instance-id'),
    client,
  };
}

function given(text: string): string[] {
  return text === '' ? [] : [text];
}

function valuesOf(objects: readonly Record<string, unknown>[], key: string): string[] {
  return objects
    .map((one) => one[key])
    .flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : []));
}

function objectsIn(body: string): Record<string, unknown>[] {
  try {
    const json = JSON.parse(body) as unknown;
    return [json]
      .flat()
      .filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null);
  } catch {
    return [];
  }
}
