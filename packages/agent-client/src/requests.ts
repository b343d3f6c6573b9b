import { ARRAY_LENGTH_MAX, parseGuid, VCENTER_CLIENT_TYPE, type Port } from '@vrouter/port-model';
import { AgentClientError } from './errors.ts';

/** One request to an agent, ready to be written. */
export interface AgentRequest {
  readonly method: 'POST' | 'PUT' | 'DELETE' | 'GET';
  /** With query. */
  readonly path: string;
  readonly body?: string;
}

/** Every request says who asks: in the body where there is one, else in the query. */
const WHO_ASKS = `?type=${VCENTER_CLIENT_TYPE}`;

export function addRequest(port: Port): AgentRequest {
  return { method: 'POST', path: '/port', body: JSON.stringify(port) };
}

export function addAllRequest(ports: readonly Port[]): AgentRequest {
  if (ports.length === 0 || ports.length > ARRAY_LENGTH_MAX) {
    throw new AgentClientError(
      'BAD_PORT_COUNT',
      `Expected 1 to ${ARRAY_LENGTH_MAX} ports, got ${ports.length}`,
    );
  }
  return { method: 'POST', path: '/port', body: JSON.stringify(ports) };
}

export function syncRequest(): AgentRequest {
  return { method: 'POST', path: '/syncports', body: JSON.stringify({ type: VCENTER_CLIENT_TYPE }) };
}

export const deleteRequest = (id: string): AgentRequest => onPort('DELETE', 'port', id);
export const getRequest = (id: string): AgentRequest => onPort('GET', 'port', id);
export const enableRequest = (id: string): AgentRequest => onPort('PUT', 'enable-port', id);
export const disableRequest = (id: string): AgentRequest => onPort('PUT', 'disable-port', id);

function onPort(method: AgentRequest['method'], noun: string, id: string): AgentRequest {
  // Real agents route lower-case ids only.
  const portId = parseGuid(id);
  if (portId === undefined) {
    throw new AgentClientError('BAD_PORT_ID', `Expected a guid, got ${JSON.stringify(id)}`);
  }
  return { method, path: `/${noun}/${portId}${WHO_ASKS}` };
}
