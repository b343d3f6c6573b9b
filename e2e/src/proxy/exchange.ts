import { parsePorts, type Operation, type Port } from '@vrouter/port-model';

/** One request of the plugin, as seen from between it and the agent. */
export interface Exchange {
  readonly operation: Operation | 'unknown';
  readonly portIds: readonly string[];
  /** The ports of an add, normalised as an agent does it; none if they are not valid. */
  readonly ports: readonly Port[];
}

/** Called when a request arrives; what it returns is called with the status, or undefined when none came. */
export type Observer = (exchange: Exchange) => (status: number | undefined) => void;

const BY_ROUTE: Readonly<Record<string, Operation>> = {
  'POST port': 'add',
  'DELETE port': 'delete',
  'GET port': 'get',
  'POST syncports': 'sync',
  'PUT enable-port': 'enable',
  'PUT disable-port': 'disable',
};

/** What `method` on `path` with `body` asks of an agent. */
export function observed(method: string, path: string, body: string): Exchange {
  const [, route = '', id] = path.split(/[/?]/);
  const operation = BY_ROUTE[`${method} ${route}`] ?? 'unknown';
  if (operation !== 'add') return { operation, portIds: id === undefined ? [] : [id], ports: [] };
  const parsed = parsePorts(JSON.parse(body));
  const ports = parsed.ok ? parsed.value : [];
  return { operation, portIds: ports.map((port) => port.id), ports };
}
