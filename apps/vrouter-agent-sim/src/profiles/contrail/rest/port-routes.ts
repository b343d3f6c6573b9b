import { NIL_GUID, type Port } from '@vrouter/port-model';
import type { Outcome } from '../../../ports/model.ts';
import { membersR3 } from '../files/format.r3.ts';
import { bytesOf } from '../json/unescape.ts';
import { interfaceOfPort } from '../oper/interface.ts';
import { readBody } from '../ports/read-body.ts';
import { postedOf } from '../ports/read-port.r3.ts';
import { DONE, isImpossible, NOT_FOUND, refusedChange, refusedPost, type Answer } from './answers.ts';
import { UUID, type Backend, type Route } from './route.ts';

export const ADD: Route = {
  method: 'POST',
  path: /^\/port$/,
  operation: 'add',
  failures: [500],
  handle: async ({ body, note }, backend) => {
    const { failures, readPort } = backend.release;
    const read = readBody(readPort, { body });
    if (!read.ok) return read.isArray && failures === 'swallowed' ? DONE : refusedPost(read.message);
    note(read.ports.map((port) => port.id));
    return failures === 'swallowed' ? addAll(read.ports, backend) : addUntilOneFails(read.ports, backend);
  },
};

/** Each element stands for itself; one that cannot be saved is not added, and nobody is told. */
async function addAll(ports: readonly Port[], { agent }: Backend): Promise<Answer> {
  const outcomes = await Promise.all(ports.map((port) => agent.request({ kind: 'add', ports: [port] })));
  return outcomes.some(isImpossible) ? 'close' : DONE;
}

/** The first that cannot be saved is told, and those behind it are not tried. */
async function addUntilOneFails(ports: readonly Port[], { agent }: Backend): Promise<Answer> {
  for (const port of ports) {
    const outcome = await agent.request({ kind: 'add', ports: [port] });
    if (isImpossible(outcome)) return 'close';
    if (!outcome.ok) {
      const { id } = postedOf(port) ?? port;
      return refusedPost(bytesOf(`Writing of Json string to file failed for ${id}`));
    }
  }
  return DONE;
}

/** R4.0 and later: a success, whatever is there. The nil uuid is nobody's, even where a port has it. */
export const DELETE: Route = {
  method: 'DELETE',
  path: new RegExp(`^/port/${UUID}$`),
  operation: 'delete',
  failures: [404],
  handle: async ({ groups: [id = ''], note }, backend) => {
    note([id]);
    return id === NIL_GUID ? DONE : remove(id, backend);
  },
};

export const DELETE_R3: Route = {
  ...DELETE,
  failures: [404, 500],
  handle: async ({ groups: [id = ''], note }, backend) => {
    note([id]);
    return id === NIL_GUID ? refusedChange(`Invalid port uuid ${id}`) : remove(id, backend);
  },
};

async function remove(id: string, { agent }: Backend): Promise<Answer> {
  const outcome = await agent.request({ kind: 'delete', id });
  return isImpossible(outcome) ? 'close' : DONE;
}

/** R4.0 and later: what the interface has become, once the control node has said enough. */
export const GET: Route = {
  method: 'GET',
  path: new RegExp(`^/port/${UUID}$`),
  operation: 'get',
  failures: [404],
  handle: ({ groups: [id = ''], note }, { agent, delivery, release, stamp }) => {
    note([id]);
    const entry = agent.port(id);
    const one = entry && id !== NIL_GUID ? interfaceOfPort(entry.port, delivery) : undefined;
    const text = one && release.getFormat?.(one, stamp());
    return text === undefined ? NOT_FOUND : { status: 200, body: bytesOf(text) };
  },
};

/** R3.x: what was added, in one line, nothing escaped. */
export const GET_R3: Route = {
  ...GET,
  handle: ({ groups: [id = ''], note }, { agent }) => {
    note([id]);
    const entry = agent.port(id);
    if (entry === undefined) return NOT_FOUND;
    return { status: 200, body: bytesOf(`${membersR3(entry.port)}}`) };
  },
};

export const SYNC: Route = {
  method: 'POST',
  path: /^\/syncports$/,
  operation: 'sync',
  failures: [],
  handle: async (_call, { agent }) => (isImpossible(await agent.request({ kind: 'sync' })) ? 'close' : DONE),
};

/** From R5.0 on. */
export const LINK_STATES: readonly Route[] = (['enable', 'disable'] as const).map((kind) => ({
  method: 'PUT',
  path: new RegExp(`^/${kind}-port/${UUID}$`),
  operation: kind,
  failures: [404, 500],
  handle: async ({ groups: [id = ''], note }, { agent }) => {
    note([id]);
    const unknown: Outcome = { ok: false, code: 'PORT_NOT_FOUND' };
    const outcome = id === NIL_GUID ? unknown : await agent.request({ kind, id });
    if (outcome.ok) return DONE;
    if (outcome.code === 'PORT_NOT_FOUND') return refusedChange(`Port Not found ${id}`);
    if (outcome.code === 'INCORRECT_PORT_TYPE') return refusedChange(`Incorrect Port type for ${id}`);
    return 'close';
  },
}));
