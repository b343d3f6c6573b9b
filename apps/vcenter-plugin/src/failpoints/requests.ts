import { OBJECT_TYPES, type ObjectType } from '@vrouter/config-api-client';

const AGENT_OPERATIONS = ['sync', 'add', 'delete', 'enable', 'disable'] as const;
const API_OPERATIONS = ['resolve', 'read', 'list', 'create', 'update', 'delete', 'update-reference'] as const;

/** A request that has failpoints around it. */
export type RequestName =
  `agent ${(typeof AGENT_OPERATIONS)[number]}` | `${(typeof API_OPERATIONS)[number]} ${ObjectType}`;

/** All of them. */
export const REQUESTS: readonly string[] = [
  ...AGENT_OPERATIONS.map((operation) => `agent ${operation}`),
  ...API_OPERATIONS.flatMap((operation) => Object.keys(OBJECT_TYPES).map((type) => `${operation} ${type}`)),
];
