import type { Port } from '@vrouter/port-model';
import type { Exchange } from '../proxy/exchange.ts';

/** What is known of a port by what its agent has answered. `either` is honest ignorance, not a licence. */
export interface Knowledge {
  readonly held: boolean | 'either';
  /** Of the last acknowledged add. */
  readonly port?: Port;
  readonly linkState: number | 'either';
}

/** A port as an agent's table shows it. */
export interface Held {
  readonly port: Readonly<Record<string, unknown>>;
  readonly linkState: number;
}

export const ABSENT: Knowledge = { held: false, linkState: 'either' };
export const UNKNOWN: Knowledge = { held: 'either', linkState: 'either' };

/** While a request is on its way, and for good if no answer ever comes. */
export function meanwhile({ operation }: Exchange, before: Knowledge): Knowledge {
  switch (operation) {
    case 'add':
      return { held: before.held === true ? true : 'either', linkState: 'either' };
    case 'delete':
    case 'sync':
      // The one removes, the other may end in a sweep: what was absent stays so.
      return before.held === false ? before : UNKNOWN;
    case 'enable':
    case 'disable':
      return { ...before, linkState: 'either' };
    case 'get':
    case 'unknown':
      return before;
  }
}

/** Once a request was answered with success, and nothing else happened to the port in the meantime. */
export function acknowledged(exchange: Exchange, id: string, before: Knowledge): Knowledge {
  switch (exchange.operation) {
    case 'add':
      return added(
        exchange.ports.find((port) => port.id === id),
        before,
      );
    case 'delete':
      return ABSENT;
    case 'enable':
      return { ...before, linkState: 1 };
    case 'disable':
      return { ...before, linkState: 0 };
    case 'sync':
    case 'get':
    case 'unknown':
      return before;
  }
}

/** What speaks against `known` in the agent's table; undefined when nothing does. */
export function contradiction(
  { held, port, linkState }: Knowledge,
  actual: Held | undefined,
): string | undefined {
  if (actual === undefined) return held === true ? 'was acknowledged and is lost' : undefined;
  if (held === false) return 'was deleted, acknowledged, and is back';
  if (linkState !== 'either' && actual.linkState !== linkState) {
    return `link state ${linkState} was acknowledged, ${actual.linkState} is held`;
  }
  const { 'link-state': _separate, ...fields } = port ?? {};
  const wrong = Object.entries(fields).filter(([field, value]) => actual.port[field] !== value);
  if (wrong.length === 0) return undefined;
  const list = wrong.map(([field, value]) => `${field} ${value}, but ${String(actual.port[field])} is held`);
  return `acknowledged with ${list.join('; ')}`;
}

/** A repeated add keeps what enable and disable left; a new port starts disabled. */
function added(port: Port | undefined, before: Knowledge): Knowledge {
  const kept =
    { true: before.linkState, false: 0, either: 'either' as const }[String(before.held)] ?? 'either';
  return { held: true, ...(port !== undefined && { port }), linkState: port?.['link-state'] ?? kept };
}
