import { z } from 'zod';
import { defineFault } from '../fault.ts';

/** The answer says that all went well, but the ports are what they were before: a disk that lied. Syncs are not lost. */
export const ackThenLose = defineFault('ack-then-lose', z.strictObject({}), (_settings, { agent }) => ({
  http: async (next, { request }) => {
    const before = request.portIds.map((id) => ({ id, entry: agent.port(id) }));
    const answer = await next();
    if (answer?.status !== 200 || request.operation === 'get') return answer;
    // Before the answer leaves, so that whoever got it can never see the port.
    for (const one of before) await agent.request({ kind: 'restore', ...one });
    return answer;
  },
}));
