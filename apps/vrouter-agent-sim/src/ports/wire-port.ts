import { PORT_FIELDS, type Port } from '@vrouter/port-model';
import type { PortEntry } from './model.ts';

/** A port as clients get to see it: under its wire names, in wire order, with its link state. */
export function wirePort({ port, linkState }: PortEntry): Port {
  const fields = PORT_FIELDS.map((field) => [field, field === 'link-state' ? linkState : port[field]]);
  return Object.fromEntries(fields) as Port;
}
