/** The agent's REST API in the `blueprint` profile: one row per operation, the source of the OpenAPI document. */
export const ROUTES = [
  {
    operation: 'add',
    method: 'POST',
    path: '/port',
    summary: 'Add or refresh a port, or an array of ports (all or none)',
  },
  {
    operation: 'delete',
    method: 'DELETE',
    path: '/port/:id',
    summary: 'Delete a port; unknown ones are a success',
  },
  { operation: 'get', method: 'GET', path: '/port/:id', summary: 'Read a port' },
  {
    operation: 'sync',
    method: 'POST',
    path: '/syncports',
    summary: 'Mark all ports NOT seen; sweep what stays so',
  },
  { operation: 'enable', method: 'PUT', path: '/enable-port/:id', summary: 'Let a port of type 2 forward' },
  {
    operation: 'disable',
    method: 'PUT',
    path: '/disable-port/:id',
    summary: 'Stop a port of type 2 from forwarding',
  },
] as const;

export type Operation = (typeof ROUTES)[number]['operation'];

/** The port that the agent listens on unless told otherwise. */
export const AGENT_PORT = 9091;

/** The most ports that our own clients put in one array. */
export const ARRAY_LENGTH_MAX = 64;
