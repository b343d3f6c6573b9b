import { parsePort, type Parsed, type Port, type PortInput } from '@vrouter/port-model';

const REMEMBERED_MAX = 200_000;

interface Known {
  readonly input: PortInput;
  readonly parsed: Parsed<Port>;
}

const known = new Map<string, Known>();

/**
 * As `parsePort`, but a port that was parsed before is the same object: at every change of the inventory all ports
 * are made anew, and nearly all are as they were.
 */
export function parsePortOnce(input: PortInput): Parsed<Port> {
  const before = known.get(input.id);
  if (before !== undefined && isSame(before.input, input)) return before.parsed;
  const parsed = parsePort(input);
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.set(input.id, { input, parsed });
  return parsed;
}

function isSame(a: PortInput, b: PortInput): boolean {
  const fields = Object.keys(b) as (keyof PortInput)[];
  return fields.length === Object.keys(a).length && fields.every((field) => a[field] === b[field]);
}
