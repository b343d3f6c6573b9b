import { ROUTES } from '@vrouter/port-model';

/** What the real agent has besides the port API, in the releases that have it; a row per operation. */
const CONTAINER_ROUTES = [
  { operation: 'add-gateway', method: 'POST', path: '/gateway', summary: 'Add gateways' },
  { operation: 'delete-gateway', method: 'DELETE', path: '/gateway', summary: 'Delete gateways' },
  {
    operation: 'subscribe-vm',
    method: 'POST',
    path: '/vm',
    summary: 'Ask the control node for the configuration of a VM',
  },
  { operation: 'unsubscribe-vm', method: 'DELETE', path: '/vm/:vm', summary: 'Ask for it no longer' },
  { operation: 'get-vm', method: 'GET', path: '/vm/:vm', summary: 'Read the interfaces of a VM' },
  {
    operation: 'get-vm-interface',
    method: 'GET',
    path: '/vm/:vm/:vmi',
    summary: 'Read one interface of a VM',
  },
  {
    operation: 'get-vm-config',
    method: 'GET',
    path: '/vm-cfg/:vm',
    summary: 'Read what the control node says of the interfaces of a VM',
  },
] as const;

type ContainerOperation = (typeof CONTAINER_ROUTES)[number]['operation'];

/** Everything that a request to the REST API can be, whatever the profile. */
export type RestOperation = (typeof ROUTES)[number]['operation'] | ContainerOperation;

export const REST_ROUTES = [...ROUTES, ...CONTAINER_ROUTES];
export const REST_OPERATIONS = REST_ROUTES.map(({ operation }) => operation) as [
  RestOperation,
  ...RestOperation[],
];
