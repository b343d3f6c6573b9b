import { expectKnown, expectUnknown, fileOf, settleFiles } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { ALL, WITH_LINK_STATE } from '../profiles.ts';
import { GET_UNKNOWN, linkUnknown } from './routes.ts';

export const deletes = topic('delete', [
  {
    name: 'unknown-port',
    fact: '57',
    title: 'a delete of a port that nobody added is a success',
    profiles: ALL,
    run: (agent) => agent.delete(agent.port().id),
  },
  {
    name: 'twice',
    fact: '57',
    title: 'a second delete is a success too',
    profiles: ALL,
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.delete(port.id);
      await agent.delete(port.id);
    },
  },
  ...[0, 1, 2].map((type): Check => ({
    name: `removes-type-${type}`,
    fact: '281',
    title: `a delete removes a port of type ${type} and its file`,
    profiles: ALL,
    needs: ['presence'],
    run: async (agent) => {
      const port = agent.port({ type, 'system-name': 'lo' });
      await agent.add(port);
      await expectKnown(agent, port.id);
      await agent.delete(port.id);
      await expectUnknown(agent, port.id);
    },
  })),
  {
    name: 'leaves-the-others',
    fact: '282',
    title: 'a delete leaves every other file as it is',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const [gone, stays] = [agent.port(), agent.port()];
      await agent.add(gone, stays);
      const before = await fileOf(agent, stays.id);
      await agent.delete(gone.id);
      await settleFiles(agent);
      agent.expect.equal('file', agent.folder.read(stays.id), before);
    },
  },
  {
    name: 'enabled-port',
    fact: '281',
    title: 'a delete removes an enabled port as well',
    profiles: WITH_LINK_STATE,
    needs: ['presence'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.enable(port.id);
      await agent.delete(port.id);
      await agent.ask('PUT', `/enable-port/${port.id}`, undefined, agent.choose(linkUnknown(port.id)));
      await expectUnknown(agent, port.id);
    },
  },
  {
    name: 'then-get',
    fact: '283',
    title: 'after a delete GET finds no port',
    profiles: ALL,
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.delete(port.id);
      await agent.settled(() => agent.ask('GET', `/port/${port.id}`, undefined, agent.choose(GET_UNKNOWN)));
    },
  },
  {
    name: 'file-without-a-port',
    fact: '58',
    title: 'a file that somebody else put there goes with a delete of its name',
    profiles: ALL,
    needs: ['tamper'],
    run: async (agent) => {
      const port = agent.port();
      agent.folder.write(port.id, JSON.stringify(port));
      await agent.delete(port.id);
      await agent.settled(() => {
        agent.expect.equal('there is a file', agent.folder.has(port.id), false);
      });
    },
  },
  {
    name: 'folder-of-that-name',
    fact: '59',
    title: 'a folder named like a port stays when that port is deleted',
    profiles: ALL,
    needs: ['tamper'],
    run: async (agent) => {
      const { id } = agent.port();
      agent.folder.makeFolder(id);
      const { status } = await agent.send('DELETE', `/port/${id}`);
      if (agent.isReal) agent.expect.equal('status', status, 200);
      await settleFiles(agent);
      agent.expect.equal('the folder is there', agent.folder.has(id), true);
    },
  },
]);
