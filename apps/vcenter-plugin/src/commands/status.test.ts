import { afterEach, beforeEach, expect, test } from 'vitest';
import { httpAgent, type HttpAgent } from '../sync/testing/http-agent.ts';
import { status } from './status.ts';

let server: HttpAgent;
let printed: string[];

beforeEach(async () => {
  server = await httpAgent();
  printed = [];
});
afterEach(() => server.close());

function ask(): Promise<void> {
  return status(server.url, (text) => printed.push(text));
}

test('where nobody listens there is no plugin', async () => {
  await server.close();
  await expect(ask()).rejects.toMatchObject({
    code: 'NO_ANSWER',
    message: expect.stringContaining(`No plugin answers at ${server.url}: connect ECONNREFUSED`),
  });
});

test.each([
  ['an empty object', {}],
  ['an error', { error: 'not found' }],
  ['agents of another shape', { agents: [{ name: 'a' }] }],
])('%s is no answer of a plugin', async (_what, body) => {
  server.behaviour = () => ({ status: 200, body });
  await expect(ask()).rejects.toMatchObject({
    code: 'NO_ANSWER',
    message: expect.stringContaining('is no plugin'),
  });
  expect(printed).toEqual([]);
});

test('there is one line per agent', async () => {
  const ports = { desired: 3, confirmed: 2, pending: 1, refused: 0 };
  const agents = [
    { name: 'a', url: 'http://h:1', phase: 'replaying', reachable: true, ports },
    { name: 'b', url: 'http://h:2', phase: 'syncing', reachable: false, lastError: 'refused', ports },
    { name: 'c', url: 'http://h:3', phase: 'gated', ports },
    { name: 'd', url: null, phase: 'gone', ports },
  ];
  server.behaviour = ({ path }) => ({ status: 200, body: path === '/introspect/agents' ? { agents } : {} });
  await ask();
  expect(printed).toEqual([
    'a  http://h:1  replaying  2 of 3 ports confirmed, 1 pending',
    'b  http://h:2  unreachable (refused)  2 of 3 ports confirmed, 1 pending',
    'c  http://h:3  gated  2 of 3 ports confirmed, 1 pending',
    'd  -  gone  2 of 3 ports confirmed, 1 pending',
  ]);
});
