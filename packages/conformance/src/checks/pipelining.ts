import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import type { Connection } from '../wire/connection.ts';
import { topic } from '../check.ts';
import { REAL } from '../profiles.ts';
import { DONE } from '../expected/reply.ts';
import { bytesOf } from '../wire/request.ts';

/** Two deletes of unknown ports in one packet. */
async function sendTwo(agent: AgentUnderTest): Promise<Connection> {
  const connection = await agent.wire.open();
  const requests = [agent.port(), agent.port()].map(({ id }) =>
    bytesOf({ method: 'DELETE', path: `/port/${id}` }, agent.wire.host),
  );
  connection.write(Buffer.concat(requests));
  return connection;
}

/** Requests that do not wait for the answer to the one before. */
export const pipelining = topic('transport', [
  {
    name: 'pipelined-requests-are-answered-in-turn',
    fact: '209',
    title: 'two requests that come in one packet are both answered',
    profiles: ['blueprint'],
    run: async (agent) => {
      const connection = await sendTwo(agent);
      for (let count = 1; count <= 2; count += 1) agent.reply(await agent.wire.read(connection), DONE);
    },
  },
  {
    name: 'pipelined-requests-become-one',
    fact: '209',
    title: 'two requests that come in one packet are answered once, if at all; others are served',
    profiles: REAL,
    run: async (agent) => {
      const connection = await sendTwo(agent);
      // By now each of them has had the time for its answer.
      for (let count = 1; count <= 10; count += 1) await agent.delete(agent.port().id);
      const answers = connection.unread.split('HTTP/1.1 ').length - 1;
      agent.expect.that('answers to two requests', answers <= 1, 'one at most', answers);
    },
  },
]);
