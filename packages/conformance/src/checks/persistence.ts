import { randomUUID } from 'node:crypto';
import { parseGuid } from '@vrouter/port-model';
import { expectFile, expectKnown, fileOf, parsed, settleFiles } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { DONE, exactError, refused } from '../expected/reply.ts';
import { ALL, REAL } from '../profiles.ts';
import { linkUnknown } from './routes.ts';

const ROUNDS = 50;
/** A link to nowhere: nothing can be read or written through it, and the folder itself stays as it is. */
const NOWHERE = '/nonexistent/conformance/port';

export const persistence = topic('persistence', [
  {
    name: 'unwritable-add-is-answered-with-success',
    fact: '97',
    title: 'a port whose file cannot be written is answered with success, but it is not there',
    profiles: ['tf'],
    needs: ['tamper'],
    run: async (agent) => {
      const port = agent.port();
      agent.folder.makeLink(port.id, NOWHERE);
      await agent.add(port);
      await agent.ask('PUT', `/enable-port/${port.id}`, undefined, agent.choose(linkUnknown(port.id)));
    },
  },
  {
    name: 'unwritable-add-leaves-nothing',
    fact: '97',
    title: 'a port whose file cannot be written is answered with success, and there is no file',
    profiles: ['r4.1'],
    needs: ['tamper'],
    run: async (agent) => {
      const port = agent.port();
      agent.folder.makeLink(port.id, NOWHERE);
      await agent.add(port);
      agent.expect.equal('file', agent.folder.read(port.id), undefined);
    },
  },
  {
    name: 'unwritable-add-is-refused',
    fact: '97',
    title: 'a port whose file cannot be written is refused by name',
    profiles: ['r3.1'],
    needs: ['tamper'],
    run: async (agent) => {
      const port = agent.port();
      agent.folder.makeLink(port.id, NOWHERE);
      const reply = exactError(`{ Writing of Json string to file failed for ${port.id} }`);
      await agent.ask('POST', '/port', port, reply);
    },
  },
  {
    name: 'something-in-the-way',
    fact: 'A1',
    title:
      'when something else has the name of its file, an add succeeds and counts, or is refused and does not',
    profiles: ['blueprint'],
    needs: ['tamper'],
    run: async (agent) => {
      const port = agent.port();
      agent.folder.makeFolder(port.id);
      const answer = await agent.post(port);
      const isAdded = answer.status === 200;
      if (!isAdded) agent.reply(answer, refused(500));
      const { status } = await agent.send('GET', `/port/${port.id}`);
      agent.expect.equal('status of GET', status, isAdded ? 200 : 404);
      agent.folder.remove(port.id);
      await agent.add(port);
      await expectFile(agent, port.id, { id: port.id });
    },
  },
  {
    name: 'unwritable-enable',
    fact: '98',
    title: 'an enable whose file cannot be written is a success, and counts in memory',
    profiles: ['tf'],
    needs: ['tamper'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      agent.folder.remove(port.id);
      agent.folder.makeLink(port.id, NOWHERE);
      await agent.enable(port.id);
      agent.folder.remove(port.id);
      // Only if the enable counted is this a change, and only a change is written.
      await agent.disable(port.id);
      await expectFile(agent, port.id, { 'link-state': 0 });
    },
  },
  {
    name: 'delete-without-the-folder',
    fact: '99',
    title:
      'a delete whose file cannot be removed is a success; the file is back after a restart, and so is the port',
    profiles: REAL,
    needs: ['folder-outage', 'restart'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      agent.folder.takeAway();
      await agent.delete(port.id);
      agent.folder.bringBack();
      agent.expect.equal('the file is there', agent.folder.has(port.id), true);
      await agent.restart();
      await expectKnown(agent, port.id);
    },
  },
  {
    name: 'no-success-without-the-folder',
    fact: 'A1',
    title: 'an add while the ports folder is away is refused and changes nothing, or it is kept all the same',
    profiles: ['blueprint'],
    needs: ['folder-outage'],
    run: async (agent) => {
      const port = agent.port();
      agent.folder.takeAway();
      const answer = await agent.post(port);
      agent.folder.bringBack();
      if (answer.status === 200) {
        await fileOf(agent, port.id);
      } else {
        agent.reply(answer, refused(500));
        agent.expect.equal('status of GET', (await agent.send('GET', `/port/${port.id}`)).status, 404);
      }
      await agent.add(port);
      await expectKnown(agent, port.id);
    },
  },
  {
    name: 'nothing-but-ports',
    fact: '313',
    title: 'while ports come, change and go, nothing but ports appears in the folder (and vm/, from R4.0 on)',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const before = new Set(agent.folder.names());
      const strange = new Set<string>();
      const look = (): void => {
        for (const name of agent.folder.names()) {
          if (!before.has(name) && parseGuid(name) !== name && name !== 'vm') strange.add(name);
        }
      };
      for (let round = 0; round < ROUNDS; round += 1) {
        const port = agent.port();
        await agent.add(port);
        look();
        await agent.delete(port.id);
        look();
      }
      agent.expect.equal('other names', [...strange], []);
    },
  },
  {
    name: 'whole-at-any-moment',
    fact: '314',
    title: 'a port file that changes is whole whenever somebody reads it',
    profiles: ['blueprint'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await fileOf(agent, port.id);
      for (let round = 0; round < ROUNDS; round += 1) {
        const path = `/${round % 2 === 0 ? 'enable' : 'disable'}-port/${port.id}`;
        let isDone = false;
        const change = agent.ask('PUT', path, undefined, DONE).finally(() => (isDone = true));
        const watch = async (): Promise<void> => {
          while (!isDone) {
            agent.expect.equal('id in the file', parsed(agent.folder.peek(port.id))['id'], port.id);
            await new Promise(setImmediate);
          }
        };
        await Promise.all([change, watch()]);
      }
    },
  },
  {
    name: 'table-is-folder',
    fact: 'A2',
    title: 'when nothing is going on, the agent has the ports that the folder has, with the same link states',
    profiles: ['blueprint'],
    needs: ['ports-dir', 'admin'],
    run: async (agent) => {
      const [first, second, gone] = [agent.port(), agent.port(), agent.port()];
      await agent.add(first, second, gone);
      await agent.enable(second.id);
      await agent.delete(gone.id);
      await settleFiles(agent);
      await agent.settled(async () => {
        const { ports } = await agent.admin.state();
        const files = agent.folder.names().filter((name) => parseGuid(name) === name);
        agent.expect.equal('ids', ports.map(({ id }) => id).sort(), files);
        for (const { id, linkState } of ports.filter((port) => [first.id, second.id].includes(port.id))) {
          agent.expect.equal(
            `link-state in file ${id}`,
            parsed(agent.folder.read(id))['link-state'],
            linkState,
          );
        }
      });
    },
  },
  {
    name: 'somebody-elses-file',
    fact: '315',
    title: 'adds and deletes leave a file of another name as it is',
    profiles: ALL,
    needs: ['tamper'],
    run: async (agent) => {
      const name = randomUUID();
      agent.folder.write(name, 'somebody else');
      const port = agent.port();
      await agent.add(port);
      await agent.delete(port.id);
      await settleFiles(agent);
      agent.expect.equal('file', agent.folder.read(name), 'somebody else');
    },
  },
] satisfies readonly Check[]);
