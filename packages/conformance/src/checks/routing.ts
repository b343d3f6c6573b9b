import { NIL_GUID } from '@vrouter/port-model';
import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import { expectKnown, expectUnknown } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { DONE } from '../expected/reply.ts';
import { ALL, MODERN, REAL, WITH_LINK_STATE, type ProfileName } from '../profiles.ts';
import { BAD_PATH_ID, GET_UNKNOWN, UNKNOWN_ROUTE } from './routes.ts';

const U = '7d0e1a56-3c11-4c50-9a7e-2f8a3b9c1d20';

/** `method path` is nobody's. */
function unknown(name: string, fact: Check['fact'], profiles: readonly ProfileName[], line: string): Check {
  const [method = '', path = ''] = line.split(' ');
  return {
    name,
    fact,
    title: `${line.replace(U, '<id>')} is an unknown request`,
    profiles,
    run: async (agent: AgentUnderTest) => {
      await agent.ask(method, path, method === 'POST' ? '{}' : undefined, agent.choose(UNKNOWN_ROUTE));
    },
  };
}

const badId = (name: string, profiles: readonly ProfileName[], method: string, prefix: string): Check => ({
  name,
  fact: '212',
  title: `${method} ${prefix}/<no id>: an id in the path must be one, whole`,
  profiles,
  run: async (agent) => {
    for (const id of ['x', U.slice(0, 35), `${U}0`, U.replaceAll('-', ''), `{${U}}`]) {
      await agent.ask(method, `${prefix}/${id}`, undefined, agent.choose(BAD_PATH_ID));
    }
  },
});

export const routing = topic('routing', [
  unknown('root', '7', ALL, 'GET /'),
  unknown('near-miss', '7', ALL, 'POST /ports'),
  unknown('list-of-ports', '7', ALL, 'GET /port'),
  unknown('sync-of-the-prototype', '7', ALL, 'POST /sync'),
  unknown('trailing-slash', '9', ALL, 'POST /port/'),
  unknown('doubled-slash', '9', ALL, 'POST //port'),
  unknown('trailing-slash-after-id', '9', ALL, `GET /port/${U}/`),
  unknown('put-port', '211', ALL, 'PUT /port'),
  unknown('get-syncports', '211', ALL, 'GET /syncports'),
  unknown('post-enable', '211', ALL, `POST /enable-port/${U}`),
  unknown('patch-port', '211', ALL, `PATCH /port/${U}`),
  unknown('post-port-id', '211', ALL, `POST /port/${U}`),
  unknown('no-enable-yet', '213', ['r3.1', 'r4.1'], `PUT /enable-port/${U}`),
  unknown('no-disable-yet', '213', ['r3.1', 'r4.1'], `PUT /disable-port/${U}`),
  unknown('no-gateway', '213', ['blueprint', 'r3.1'], 'POST /gateway'),
  unknown('no-vm', '213', ['blueprint', 'r3.1'], 'POST /vm'),
  unknown('no-vm-of-interface', '213', ['r3.1', 'r4.1'], `GET /vm/${U}/${U}`),
  badId('bad-id-of-get', ALL, 'GET', '/port'),
  badId('bad-id-of-delete', ALL, 'DELETE', '/port'),
  badId('bad-id-of-enable', WITH_LINK_STATE, 'PUT', '/enable-port'),
  badId('bad-id-of-disable', WITH_LINK_STATE, 'PUT', '/disable-port'),
  {
    name: 'upper-case-id-of-get',
    fact: '10',
    title: 'GET with the id in upper case is an unknown request, not an unknown port',
    profiles: REAL,
    run: async (agent) => {
      await agent.ask(
        'GET',
        `/port/${agent.port().id.toUpperCase()}`,
        undefined,
        agent.choose(UNKNOWN_ROUTE),
      );
    },
  },
  {
    name: 'upper-case-id-of-delete',
    fact: '10',
    title: 'DELETE with the id in upper case is an unknown request and deletes nothing',
    profiles: REAL,
    needs: ['presence'],
    run: async (agent) => {
      const port = agent.port({ id: 'abcdef01-2345-4678-9abc-' + agent.port().id.slice(24) });
      await agent.add(port);
      await agent.ask('DELETE', `/port/${port.id.toUpperCase()}`, undefined, agent.choose(UNKNOWN_ROUTE));
      await expectKnown(agent, port.id);
    },
  },
  {
    name: 'upper-case-id-of-enable',
    fact: '10',
    title: 'PUT /enable-port with the id in upper case is an unknown request',
    profiles: ['tf'],
    run: async (agent) => {
      const path = `/enable-port/${agent.port().id.toUpperCase()}`;
      await agent.ask('PUT', path, undefined, agent.choose(UNKNOWN_ROUTE));
    },
  },
  {
    name: 'upper-case-id-is-the-same-port',
    fact: '214',
    title: 'an id in the path may be in upper case: it names the same port',
    profiles: ['blueprint'],
    run: async (agent) => {
      const port = agent.port();
      const id = port.id.toUpperCase();
      await agent.add(port);
      agent.expect.equal('status', (await agent.send('GET', `/port/${id}`)).status, 200);
      await agent.ask('PUT', `/enable-port/${id}`, undefined, DONE);
      await agent.ask('DELETE', `/port/${id}`, undefined, DONE);
      await expectUnknown(agent, port.id);
    },
  },
  {
    name: 'query-of-delete',
    fact: '11',
    title: 'DELETE /port/<id>?x=1 deletes the port',
    profiles: ALL,
    needs: ['presence'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await expectKnown(agent, port.id);
      await agent.ask('DELETE', `/port/${port.id}?x=1`, undefined, DONE);
      await expectUnknown(agent, port.id);
    },
  },
  {
    name: 'query-of-add',
    fact: '11',
    title: 'POST /port?type=2 adds the port',
    profiles: ALL,
    needs: ['presence'],
    run: async (agent) => {
      const port = agent.port();
      await agent.ask('POST', '/port?type=2', port, DONE);
      await expectKnown(agent, port.id);
    },
  },
  {
    name: 'query-of-enable',
    fact: '11',
    title: 'PUT /enable-port/<id>?type=2 enables the port',
    profiles: WITH_LINK_STATE,
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.ask('PUT', `/enable-port/${port.id}?type=2`, undefined, DONE);
    },
  },
  {
    name: 'percent-signs-are-not-decoded',
    fact: '215',
    title: 'an id with one digit percent-encoded is an unknown request',
    profiles: REAL,
    run: async (agent) => {
      const { id } = agent.port({ id: `a${agent.port().id.slice(1)}` });
      await agent.ask('GET', `/port/%61${id.slice(1)}`, undefined, agent.choose(UNKNOWN_ROUTE));
    },
  },
  {
    name: 'get-of-nil-id',
    fact: '216',
    title: 'GET of the nil id finds no port',
    profiles: ALL,
    run: async (agent) => {
      await agent.ask('GET', `/port/${NIL_GUID}`, undefined, agent.choose(GET_UNKNOWN));
    },
  },
  {
    name: 'delete-of-nil-id',
    fact: '217',
    title: 'DELETE of the nil id is a success',
    profiles: MODERN,
    run: (agent) => agent.delete(NIL_GUID),
  },
  {
    name: 'delete-of-nil-id-is-refused',
    fact: '217',
    title: 'DELETE of the nil id is refused by name',
    profiles: ['r3.1'],
    run: async (agent) => {
      const text = JSON.stringify({ error: `{Invalid port uuid ${NIL_GUID}}` });
      await agent.ask('DELETE', `/port/${NIL_GUID}`, undefined, { status: 500, text });
    },
  },
]);
