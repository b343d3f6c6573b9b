import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import { expectKnown } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { ALL, REAL, WITH_LINK_STATE } from '../profiles.ts';
import { DONE } from '../expected/reply.ts';
import { inChunks } from '../wire/chunked.ts';
import { header } from '../wire/message.ts';
import { headOf } from '../wire/request.ts';
import type { Answer } from '../agent/wire-client.ts';
import { UNKNOWN_ROUTE } from './routes.ts';

const ROUNDS = 20;
const TWO_HEADERS = (length: number): readonly string[] => [
  'Content-Type: application/json; charset=UTF-8',
  `Content-Length: ${length}`,
];

type Ask = (agent: AgentUnderTest) => Promise<Answer>;
type Look = (agent: AgentUnderTest, answer: Answer) => void;

const REQUESTS = {
  add: (agent) => agent.post(agent.port()),
  refusedAdd: (agent) => agent.post('{'),
  deleteOfKnown: async (agent) => {
    const port = agent.port();
    await agent.add(port);
    return agent.send('DELETE', `/port/${port.id}`);
  },
  enable: async (agent) => {
    const port = agent.port();
    await agent.add(port);
    return agent.send('PUT', `/enable-port/${port.id}`);
  },
  getOfUnknown: (agent) => agent.send('GET', `/port/${agent.port().id}`),
  unknown: (agent) => agent.send('GET', '/'),
  ofHttp10: (agent) => agent.send('DELETE', `/port/${agent.port().id}`, undefined, { version: '1.0' }),
} as const satisfies Record<string, Ask>;

/** One request, and a look at its answer. */
function answerTo(ask: Ask, look: Look, check: Omit<Check, 'run'>): Check {
  return { ...check, run: async (agent) => look(agent, await ask(agent)) };
}

/** The bytes of a success, whatever else the headers say. */
function expectSuccessBytes(agent: AgentUnderTest, answer: Answer): void {
  agent.expect.equal('status line', answer.startLine, 'HTTP/1.1 200 OK');
  agent.expect.equal('Content-Length', header(answer, 'content-length'), '2');
  agent.expect.equal('body', answer.text, '{}');
}

function expectTwoHeaders(agent: AgentUnderTest, answer: Answer): void {
  agent.expect.equal('headers', answer.headerLines, TWO_HEADERS(answer.body.length));
}

function statusLine(expected: string): Look {
  return (agent, { startLine }) => agent.expect.equal('status line', startLine, expected);
}

export const transport = topic('transport', [
  answerTo(REQUESTS.add, expectSuccessBytes, {
    name: 'success-of-add',
    fact: '1',
    title: 'a successful add is answered 200 OK with the two bytes {}',
    profiles: ALL,
  }),
  answerTo(REQUESTS.deleteOfKnown, expectSuccessBytes, {
    name: 'success-of-delete',
    fact: '1',
    title: 'a successful delete is answered 200 OK with the two bytes {}',
    profiles: ALL,
  }),
  answerTo(REQUESTS.enable, expectSuccessBytes, {
    name: 'success-of-enable',
    fact: '1',
    title: 'a successful enable is answered 200 OK with the two bytes {}',
    profiles: WITH_LINK_STATE,
  }),
  {
    name: 'success-of-sync',
    fact: '1',
    title: 'a successful sync is answered 200 OK with the two bytes {}',
    profiles: ALL,
    needs: ['sweep'],
    run: async (agent) => {
      await agent.sync();
      expectSuccessBytes(agent, await agent.send('POST', '/syncports'));
      await agent.sync();
    },
  },
  answerTo(REQUESTS.unknown, statusLine('HTTP/1.1 404 OK'), {
    name: 'reason-of-404-is-ok',
    fact: '2',
    title: 'an unknown request is answered with the reason phrase OK',
    profiles: REAL,
  }),
  answerTo(REQUESTS.refusedAdd, statusLine('HTTP/1.1 500 OK'), {
    name: 'reason-of-500-is-ok',
    fact: '2',
    title: 'a refused add is answered with the reason phrase OK',
    profiles: REAL,
  }),
  answerTo(REQUESTS.refusedAdd, statusLine('HTTP/1.1 400 Bad Request'), {
    name: 'reason-of-400-is-its-own',
    fact: '201',
    title: 'a refused add is answered with the reason phrase of its status',
    profiles: ['blueprint'],
  }),
  answerTo(REQUESTS.unknown, statusLine('HTTP/1.1 404 Not Found'), {
    name: 'reason-of-404-is-its-own',
    fact: '201',
    title: 'an unknown request is answered with the reason phrase of its status',
    profiles: ['blueprint'],
  }),
  answerTo(REQUESTS.add, expectTwoHeaders, {
    name: 'two-headers-on-success',
    fact: '3',
    title: 'a success has exactly two headers, Content-Type before Content-Length',
    profiles: REAL,
  }),
  answerTo(REQUESTS.unknown, expectTwoHeaders, {
    name: 'two-headers-on-404',
    fact: '3',
    title: 'an unknown request is answered with exactly two headers',
    profiles: REAL,
  }),
  answerTo(REQUESTS.refusedAdd, expectTwoHeaders, {
    name: 'two-headers-on-500',
    fact: '3',
    title: 'a refused add is answered with exactly two headers',
    profiles: REAL,
  }),
  answerTo(REQUESTS.getOfUnknown, expectTwoHeaders, {
    name: 'two-headers-on-get',
    fact: '3',
    title: 'a GET of an unknown port is answered with exactly two headers',
    profiles: REAL,
  }),
  {
    name: 'answers-are-json',
    fact: '202',
    title: 'success and refusal alike are application/json',
    profiles: ['blueprint'],
    run: async (agent) => {
      for (const body of [agent.port(), '{']) {
        const type = header(await agent.post(body), 'content-type') ?? 'none';
        agent.expect.match('Content-Type', type, /^application\/json\b/);
      }
    },
  },
  {
    name: 'connection-close-is-ignored',
    fact: '5',
    title: 'after a request with Connection: close the same connection still serves the next',
    profiles: REAL,
    run: async (agent) => {
      const connection = await agent.wire.open();
      const path = `/port/${agent.port().id}`;
      for (const headerLines of [['Connection: close'], []]) {
        agent.reply(await agent.wire.sendOn(connection, { method: 'DELETE', path, headerLines }), DONE);
      }
    },
  },
  {
    name: 'connection-close-is-honoured',
    fact: '203',
    title: 'after the answer to a request with Connection: close the agent closes the connection',
    profiles: ['blueprint'],
    run: async (agent) => {
      const connection = await agent.wire.open();
      const request = {
        method: 'DELETE',
        path: `/port/${agent.port().id}`,
        headerLines: ['Connection: close'],
      };
      agent.reply(await agent.wire.sendOn(connection, request), DONE);
      agent.expect.equal(
        'the agent closes the connection',
        await connection.closesWithin(agent.settleMsMax),
        true,
      );
    },
  },
  answerTo(REQUESTS.ofHttp10, statusLine('HTTP/1.1 200 OK'), {
    name: 'http-1.0-is-answered-as-1.1',
    fact: '6',
    title: 'a request of HTTP/1.0 is answered with the status line of HTTP/1.1',
    profiles: ALL,
  }),
  {
    name: 'http-1.0-keeps-the-connection',
    fact: '6',
    title: 'after a request of HTTP/1.0 the connection stays open',
    profiles: REAL,
    run: async (agent) => {
      const connection = await agent.wire.open();
      const path = `/port/${agent.port().id}`;
      for (const version of ['1.0', '1.1'] as const) {
        agent.reply(await agent.wire.sendOn(connection, { method: 'DELETE', path, version }), DONE);
      }
    },
  },
  {
    name: 'connection-is-kept',
    fact: '204',
    title: `${ROUNDS} requests, good and bad, are served on one connection`,
    profiles: ALL,
    run: async (agent) => {
      const connection = await agent.wire.open();
      for (let round = 0; round < ROUNDS; round += 1) {
        const isGood = round % 2 === 0;
        const path = isGood ? `/port/${agent.port().id}` : '/nothing';
        const answer = await agent.wire.sendOn(connection, { method: 'DELETE', path });
        agent.reply(answer, isGood ? DONE : agent.choose(UNKNOWN_ROUTE));
      }
    },
  },
  {
    name: 'nothing-after-the-answer',
    fact: '205',
    title: 'Content-Length tells exactly how much comes: nothing follows the body',
    profiles: ALL,
    run: async (agent) => {
      const connection = await agent.wire.open();
      for (const path of [`/port/${agent.port().id}`, '/nothing']) {
        const answer = await agent.wire.sendOn(connection, { method: 'DELETE', path });
        agent.expect.match('Content-Length', header(answer, 'content-length') ?? 'none', /^\d+$/);
        agent.expect.equal('bytes after the body', connection.unread, '');
      }
    },
  },
  {
    name: 'chunked-body',
    fact: '13',
    title: 'a body sent in chunks is taken as one',
    profiles: ALL,
    run: async (agent) => {
      const port = agent.port();
      const answer = await agent.send('POST', '/port', inChunks(Buffer.from(JSON.stringify(port)), 7), {
        headerLines: ['Transfer-Encoding: chunked'],
        contentLength: undefined,
      });
      agent.reply(answer, DONE);
    },
  },
  {
    name: 'body-in-segments',
    fact: '13',
    title: 'a body that arrives in many TCP segments is taken as one',
    profiles: ALL,
    run: async (agent) => {
      const body = JSON.stringify(agent.port());
      const connection = await agent.wire.open();
      connection.write(headOf({ method: 'POST', path: '/port', body }, agent.wire.host));
      for (let at = 0; at < body.length; at += 16) {
        await connection.flush();
        connection.write(body.slice(at, at + 16));
      }
      agent.reply(await agent.wire.read(connection), DONE);
    },
  },
  {
    name: 'head-in-segments',
    fact: '13',
    title: 'a head that arrives byte by byte is taken as one',
    profiles: ALL,
    run: async (agent) => {
      const connection = await agent.wire.open();
      const request = { method: 'DELETE', path: `/port/${agent.port().id}` };
      for (const byte of headOf(request, agent.wire.host)) {
        connection.write(Buffer.from([byte]));
        await connection.flush();
      }
      agent.reply(await agent.wire.read(connection), DONE);
    },
  },
  ...['text/plain', 'application/x-www-form-urlencoded', 'not a type at all'].map((type, index) => ({
    name: `content-type-does-not-matter-${index + 1}`,
    fact: '14' as const,
    title: `a body of Content-Type ${type} is parsed as JSON`,
    profiles: ALL,
    run: async (agent: AgentUnderTest) => {
      const more = { headerLines: [`Content-Type: ${type}`] };
      agent.reply(await agent.send('POST', '/port', agent.port(), more), DONE);
    },
  })),
  {
    name: 'no-content-type',
    fact: '14',
    title: 'a body without Content-Type is parsed as JSON',
    profiles: ALL,
    run: (agent) => agent.add(agent.port()),
  },
  {
    name: 'half-a-request-blocks-nobody',
    fact: '15',
    title: 'while one connection has sent half a request, another is served, and then the half is completed',
    profiles: ALL,
    run: async (agent) => {
      const slow = agent.port();
      const body = JSON.stringify(slow);
      const half = await agent.wire.open();
      half.write(headOf({ method: 'POST', path: '/port', body }, agent.wire.host));
      half.write(body.slice(0, 20));
      await agent.add(agent.port());
      half.write(body.slice(20));
      agent.reply(await agent.wire.read(half), DONE);
    },
  },
  {
    name: 'expect-continue',
    fact: '206',
    title: 'a request with Expect: 100-continue is answered',
    profiles: ALL,
    run: async (agent) => {
      const more = { headerLines: ['Expect: 100-continue'] };
      const answer = await agent.send('POST', '/port', agent.port(), more);
      agent.reply(answer, DONE);
      if (agent.isReal) agent.expect.equal('interim answers', answer.interim.length, 0);
    },
  },
  {
    name: 'body-of-delete-is-ignored',
    fact: '207',
    title: 'a DELETE with a body that is no JSON does its work all the same',
    profiles: ALL,
    needs: ['presence'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await expectKnown(agent, port.id);
      await agent.ask('DELETE', `/port/${port.id}`, '{"any": body', DONE);
      await agent.ask('DELETE', `/port/${port.id}`, '', DONE);
    },
  },
  {
    name: 'header-names-in-any-case',
    fact: '208',
    title: 'header names are read in any case, and values with blanks around them',
    profiles: ALL,
    run: async (agent) => {
      const body = JSON.stringify(agent.port());
      const answer = await agent.send('POST', '/port', body, {
        headerLines: [`cOnTeNt-LeNgTh:  ${Buffer.byteLength(body)}  `],
        contentLength: undefined,
      });
      agent.reply(answer, DONE);
    },
  },
]);
