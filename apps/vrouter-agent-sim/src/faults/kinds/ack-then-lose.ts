import { z } from 'zod';
import type { RestOperation } from '../../rest/operations.ts';
import { defineFault } from '../fault.ts';

const OF_PORTS: readonly (RestOperation | null)[] = ['add', 'delete', 'enable', 'disable'];

/** The answer says that all went well, but the ports are what they were before: a disk that lied. Nothing else is lost. */
export const ackThenLose = defineFault('ack-then-lose', z.strictObject({}), (_settings, { agent }) => ({
  http: async (next, { request }) => {
    const before = request.portIds.map((id) => ({ id, entry: agent.port(id) }));
    const answer = await next();
    if (answer?.status !== 200 || !OF_PORTS.includes(request.operation)) return answer;
    // Before the answer leaves, so that whoever got it can never see the port.
    for (const one of before) await agent.request({ kind: 'restore', ...one });
    return answer;
  },
}));
