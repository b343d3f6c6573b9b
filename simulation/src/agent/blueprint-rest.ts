import { parseGuid } from '@vrouter/port-model';
import {
  errorAnswer,
  portsOf,
  wirePort,
  type Agent,
  type Command,
} from '@vrouter/vrouter-agent-sim/simulation';
import type { Rest, WireAnswer } from './wire.ts';

const PORT = /^\/port\/([^/]+)$/;
const LINK = /^\/(enable|disable)-port\/([^/]+)$/;

/** The blueprint's routes without a web server: the agent's own reading of bodies, table and error answers. */
export function blueprintRest(agent: Agent): Rest {
  const perform = async (command: Command): Promise<WireAnswer> => {
    const outcome = await agent.request(command);
    return outcome.ok ? { status: 200, text: '{}' } : refuse(outcome.code, outcome.detail);
  };
  return async ({ method, path, body }) => {
    if (method === 'POST' && path === '/port') {
      const read = portsOf(Buffer.from(body));
      if (!read.ok) return refuse(read.code, read.detail, read.problems);
      return perform({ kind: 'add', ports: read.ports });
    }
    if (method === 'POST' && path === '/syncports') return perform({ kind: 'sync' });
    const id = parseGuid(PORT.exec(path)?.[1] ?? LINK.exec(path)?.[2] ?? '');
    if (id === undefined) return refuse('UNKNOWN_ROUTE');
    if (method === 'DELETE') return perform({ kind: 'delete', id });
    if (method === 'PUT')
      return perform({ kind: LINK.exec(path)?.[1] === 'enable' ? 'enable' : 'disable', id });
    const entry = agent.port(id);
    return entry === undefined
      ? refuse('PORT_NOT_FOUND', id)
      : { status: 200, text: JSON.stringify(wirePort(entry)) };
  };
}

function refuse(...error: Parameters<typeof errorAnswer>): WireAnswer {
  const { status, body } = errorAnswer(...error);
  return { status, text: JSON.stringify(body) };
}
