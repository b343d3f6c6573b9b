import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import { expectKnown, expectUnknown, isKnown, parsed, settleFiles } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { DONE } from '../expected/reply.ts';
import { ALL, WITH_LINK_STATE } from '../profiles.ts';
import type { Connection } from '../wire/connection.ts';
import { headOf } from '../wire/request.ts';

const CLIENTS = 50;
const RACES = 20;
const DEPTH = 10_000;

/** The agent adds a port for somebody else. */
async function servesOthers(agent: AgentUnderTest): Promise<void> {
  const connection = await agent.wire.open();
  const body = JSON.stringify(agent.port());
  agent.reply(await agent.wire.sendOn(connection, { method: 'POST', path: '/port', body }), DONE);
}

function malformed(name: string, bytes: string): Check {
  return {
    name: `malformed-${name}`,
    fact: '111',
    title: `a connection that sends ${name} keeps nobody from being served`,
    profiles: ALL,
    run: async (agent) => {
      const connection = await agent.wire.open();
      connection.write(Buffer.from(bytes, 'latin1'));
      await connection.flush();
      await servesOthers(agent);
    },
  };
}

function deep(name: string, body: string): Check {
  return {
    name: `deep-${name}`,
    fact: '109',
    title: `JSON that is nested ${DEPTH} deep (${name}) is refused, and the agent goes on`,
    profiles: ALL,
    run: async (agent) => {
      const { status } = await agent.post(body);
      const isSwallowed = status === 200 && body.startsWith('[') && agent.isReal;
      agent.expect.that('status', isSwallowed || status === (agent.isReal ? 500 : 400), 'a refusal', status);
      await servesOthers(agent);
    },
  };
}

/** Requests of one client on its own connection, answers in turn. */
async function inTurn(
  agent: AgentUnderTest,
  connection: Connection,
  lines: readonly [string, string, string?][],
): Promise<void> {
  for (const [method, path, body] of lines) {
    agent.reply(await agent.wire.sendOn(connection, { method, path, body }), DONE);
  }
}

export const robustness = topic('robustness', [
  {
    name: 'parallel-clients',
    fact: '106',
    title: `${CLIENTS} clients at once, each adding two ports and deleting one: the folder has what was not deleted`,
    profiles: ALL,
    needs: ['presence'],
    run: async (agent) => {
      const pairs = Array.from({ length: CLIENTS }, () => [agent.port(), agent.port()] as const);
      await Promise.all(
        pairs.map(async ([stays, goes]) =>
          inTurn(agent, await agent.wire.open(), [
            ['POST', '/port', JSON.stringify(stays)],
            ['POST', '/port', JSON.stringify(goes)],
            ['DELETE', `/port/${goes.id}`],
          ]),
        ),
      );
      for (const [stays, goes] of pairs) {
        await expectKnown(agent, stays.id);
        await expectUnknown(agent, goes.id);
      }
    },
  },
  {
    name: 'add-and-delete-race',
    fact: '107',
    title: 'when an add and a delete of one port race, table and folder agree on who won',
    profiles: ['blueprint', 'r3.1'],
    needs: ['ports-dir'],
    run: async (agent) => {
      for (let round = 0; round < RACES; round += 1) {
        const port = agent.port();
        const [adder, deleter] = [await agent.wire.open(), await agent.wire.open()];
        await Promise.all([
          inTurn(agent, adder, [['POST', '/port', JSON.stringify(port)]]),
          inTurn(agent, deleter, [['DELETE', `/port/${port.id}`]]),
        ]);
        await agent.settled(async () => {
          agent.expect.equal('there is a file', agent.folder.has(port.id), await isKnown(agent, port.id));
        });
      }
    },
  },
  {
    name: 'add-and-delete-race-by-link-state',
    fact: '107',
    title: 'when an add and a delete of one port race, the port can be enabled if and only if it has a file',
    profiles: ['tf'],
    needs: ['ports-dir'],
    run: async (agent) => {
      for (let round = 0; round < RACES; round += 1) {
        const port = agent.port();
        const [adder, deleter] = [await agent.wire.open(), await agent.wire.open()];
        await Promise.all([
          inTurn(agent, adder, [['POST', '/port', JSON.stringify(port)]]),
          inTurn(agent, deleter, [['DELETE', `/port/${port.id}`]]),
        ]);
        const hasFile = agent.folder.has(port.id);
        const { status } = await agent.send('PUT', `/enable-port/${port.id}`);
        agent.expect.equal('the port can be enabled', status === 200, hasFile);
      }
    },
  },
  {
    name: 'add-and-delete-race-ends',
    fact: '107',
    title:
      'when an add and a delete of one port race, both are answered, and a delete then removes all of it',
    profiles: ['r4.1'],
    needs: ['ports-dir'],
    run: async (agent) => {
      for (let round = 0; round < RACES; round += 1) {
        const port = agent.port();
        const [adder, deleter] = [await agent.wire.open(), await agent.wire.open()];
        await Promise.all([
          inTurn(agent, adder, [['POST', '/port', JSON.stringify(port)]]),
          inTurn(agent, deleter, [['DELETE', `/port/${port.id}`]]),
        ]);
        await agent.delete(port.id);
        agent.expect.equal('there is a file', agent.folder.has(port.id), false);
      }
    },
  },
  {
    name: 'enable-and-disable-race',
    fact: '331',
    title: 'when enable and disable of one port race, the file ends as one of the two, and whole',
    profiles: WITH_LINK_STATE,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      for (let round = 0; round < RACES; round += 1) {
        const [one, other] = [await agent.wire.open(), await agent.wire.open()];
        await Promise.all([
          inTurn(agent, one, [['PUT', `/enable-port/${port.id}`]]),
          inTurn(agent, other, [['PUT', `/disable-port/${port.id}`]]),
        ]);
      }
      await settleFiles(agent);
      const linkState = parsed(agent.folder.read(port.id))['link-state'];
      agent.expect.that('link-state', linkState === 0 || linkState === 1, '0 or 1', linkState);
    },
  },
  deep('arrays', '['.repeat(DEPTH) + ']'.repeat(DEPTH)),
  deep('objects', '{"a":'.repeat(DEPTH) + '1' + '}'.repeat(DEPTH)),
  deep('arrays never closed', '['.repeat(DEPTH)),
  {
    name: 'only-the-primary-vlan',
    fact: '110',
    title: 'a primary VLAN without an isolated one crashes nothing',
    profiles: ALL,
    run: async (agent) => {
      await agent.add(agent.port({ 'rx-vlan-id': -1, 'tx-vlan-id': 100 }));
      await servesOthers(agent);
    },
  },
  malformed('TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
  malformed('no HTTP at all', 'hello\r\n\r\n'),
  malformed('a header without a name', 'POST /port HTTP/1.1\r\n: x\r\n\r\n'),
  malformed('a length that is no number', 'POST /port HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n{}'),
  malformed(
    'a chunk size that is none',
    'POST /port HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  ),
  {
    name: 'body-cut-off',
    fact: '332',
    title: 'a client that goes away in the middle of a body has added nothing',
    profiles: ALL,
    needs: ['presence'],
    run: async (agent) => {
      const port = agent.port();
      const body = JSON.stringify(port);
      const connection = await agent.wire.open();
      connection.write(headOf({ method: 'POST', path: '/port', body }, agent.wire.host));
      connection.write(body.slice(0, -1));
      await connection.flush();
      connection.close();
      await servesOthers(agent);
      await expectUnknown(agent, port.id);
    },
  },
  {
    name: 'answer-not-awaited',
    fact: '333',
    title:
      'an add whose client goes away before the answer is done, or not, as a whole; the next add of it succeeds',
    profiles: ALL,
    needs: ['presence'],
    run: async (agent) => {
      const port = agent.port();
      const connection = await agent.wire.open();
      const body = JSON.stringify(port);
      connection.write(headOf({ method: 'POST', path: '/port', body }, agent.wire.host));
      connection.write(body);
      await connection.flush();
      connection.close();
      await agent.add(port);
      await expectKnown(agent, port.id);
    },
  },
  {
    name: 'many-connections',
    fact: '334',
    title: '200 connections that say nothing keep nobody from being served',
    profiles: ALL,
    run: async (agent) => {
      await Promise.all(Array.from({ length: 200 }, () => agent.wire.open()));
      await servesOthers(agent);
    },
  },
  {
    name: 'prototype-keys',
    fact: '335',
    title: 'keys like __proto__ and constructor are unknown fields like any other',
    profiles: ALL,
    run: async (agent) => {
      const text = JSON.stringify(agent.port()).replace(
        '{',
        '{"__proto__":{"id":5},"constructor":{"prototype":1},',
      );
      await agent.ask('POST', '/port', text, DONE);
    },
  },
  {
    name: 'long-name',
    fact: '336',
    title: 'a name of 2000 characters is accepted',
    profiles: ALL,
    run: (agent) => agent.add(agent.port({ 'display-name': 'x'.repeat(2000) })),
  },
  {
    name: 'long-path',
    fact: '337',
    title: 'a path of 4000 characters is refused, and the connection goes on',
    profiles: ALL,
    run: async (agent) => {
      const { status } = await agent.send('GET', `/${'x'.repeat(4000)}`);
      agent.expect.equal('status', status, 404);
      await agent.add(agent.port());
    },
  },
]);
