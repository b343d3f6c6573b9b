import { randomUUID } from 'node:crypto';
import { expectFile, expectUnknown, fileOf, isKnown, lasting, parsed, settleFiles } from '../agent/known.ts';
import { expectLoaded } from '../agent/loaded.ts';
import { expectSwept, syncThen } from '../agent/sweep.ts';
import { topic, type Check } from '../check.ts';
import { DONE } from '../expected/reply.ts';
import { ALL, REAL } from '../profiles.ts';

const MANY = 100;

export const restart = topic('restart', [
  {
    name: 'port-survives',
    fact: '304',
    title: 'a port that was added is there after a restart, and its file is the same',
    profiles: ALL,
    needs: ['restart', 'ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      const before = await fileOf(agent, port.id);
      await agent.restart();
      await expectLoaded(agent, port.id, true);
      agent.expect.equal('file', lasting(agent, agent.folder.read(port.id)), lasting(agent, before));
    },
  },
  {
    name: 'acknowledged-is-saved',
    fact: 'A1',
    title: `${MANY} ports whose adds were answered are all there when the agent is restarted at once`,
    profiles: ['blueprint'],
    needs: ['restart'],
    run: async (agent) => {
      const ports = Array.from({ length: MANY }, () => agent.port());
      await agent.add(...ports);
      await agent.restart();
      for (const { id } of ports)
        agent.expect.equal(`the agent has port ${id}`, await isKnown(agent, id), true);
    },
  },
  {
    name: 'rest-after-the-reload',
    fact: 'A8',
    title: 'the first answer after a restart already knows the ports',
    profiles: ['blueprint'],
    needs: ['restart'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.restart();
      const { status } = await agent.send('GET', `/port/${port.id}`);
      agent.expect.equal('status', status, 200);
    },
  },
  {
    name: 'deleted-stays-deleted',
    fact: '305',
    title: 'a port that was deleted does not come back with a restart',
    profiles: ALL,
    needs: ['restart', 'presence'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.delete(port.id);
      await agent.restart();
      await expectUnknown(agent, port.id);
    },
  },
  {
    name: 'enabled-stays-enabled',
    fact: '306',
    title: 'an enabled port is enabled after a restart: one more enable changes nothing',
    profiles: ['tf'],
    needs: ['restart', 'ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.enable(port.id);
      const before = await fileOf(agent, port.id);
      await agent.restart();
      await agent.settled(() => agent.enable(port.id));
      agent.expect.equal('file', agent.folder.read(port.id), before);
    },
  },
  ...(
    [
      ['enable', 1],
      ['disable', 0],
    ] as const
  ).map(([verb, linkState]): Check => ({
    name: `${verb}d-before-it`,
    fact: '306',
    title: `a port whose last change was ${verb} has link-state ${linkState} after a restart, in GET and in its file`,
    profiles: ['blueprint'],
    needs: ['restart', 'ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.enable(port.id);
      await agent[verb](port.id);
      await agent.restart();
      const { text } = await agent.send('GET', `/port/${port.id}`);
      agent.expect.equal('link-state of GET', parsed(text)['link-state'], linkState);
      await expectFile(agent, port.id, { 'link-state': linkState });
    },
  })),
  {
    name: 'changed-port-survives',
    fact: 'A4',
    title: 'a port that was added again with other values has those after a restart',
    profiles: ['blueprint'],
    needs: ['restart'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port, { ...port, 'display-name': 'other' });
      await agent.restart();
      const { text } = await agent.send('GET', `/port/${port.id}`);
      agent.expect.match('port', text, /"display-name": ?"other"/);
    },
  },
  {
    name: 'other-vm-comes-back-as-the-old',
    fact: '307',
    title: 'after an add for another VM, a restart brings the old VM back, since the file was never changed',
    profiles: ['tf'],
    needs: ['restart', 'ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port, { ...port, 'instance-id': randomUUID() });
      await agent.restart();
      await agent.settled(() => agent.enable(port.id));
      await expectFile(agent, port.id, { 'instance-id': port['instance-id'], 'link-state': 1 });
    },
  },
  {
    name: 'no-sweep-after-a-restart',
    fact: '85',
    title: 'a restart forgets the sync: nothing is removed, and ports that were not added again are back',
    profiles: REAL,
    needs: ['restart', 'sweep', 'ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      const deadlineMs = await syncThen(agent, async () => {
        await agent.add(port);
        await agent.sync();
      });
      await agent.restart();
      await agent.settled(() => {
        agent.expect.that(
          'the deadline',
          performance.now() > deadlineMs + agent.staleTimeoutMs,
          'to be over',
          'no',
        );
      }, agent.sweepMsMax * 2);
      agent.expect.equal('there is a file', agent.folder.has(port.id), true);
      await expectLoaded(agent, port.id, true);
    },
  },
  {
    name: 'sweep-after-a-restart',
    fact: 'A7',
    title:
      'a sync survives a restart: ports that are not added again go when the time has run in full once more',
    profiles: ['blueprint'],
    needs: ['restart', 'sweep'],
    run: async (agent) => {
      const [again, gone] = [agent.port(), agent.port()];
      await syncThen(agent, async () => {
        await agent.add(again, gone);
        await agent.sync();
        await agent.add(again);
      });
      await agent.restart();
      await expectSwept(agent, { gone: [gone], stay: [again] });
    },
  },
  {
    name: 'sync-after-a-restart',
    fact: '86',
    title: 'after a restart and a sync only what is added again stays, and ports of type 1',
    profiles: ALL,
    needs: ['restart', 'sweep', 'presence'],
    run: async (agent) => {
      const [again, gone] = [agent.port(), agent.port()];
      const namespace = agent.port({ type: 1, 'system-name': 'lo' });
      await agent.add(again, gone, namespace);
      await agent.restart();
      await expectLoaded(agent, gone.id, true);
      await syncThen(agent, () => agent.add(again));
      await expectSwept(agent, { gone: [gone], stay: [again, namespace] });
    },
  },

  {
    name: 'many-ports',
    fact: '304',
    title: `${MANY} ports are there after a restart`,
    profiles: ALL,
    needs: ['restart', 'presence'],
    run: async (agent) => {
      const ports = Array.from({ length: MANY }, () => agent.port());
      for (let at = 0; at < MANY; at += 50) agent.reply(await agent.post(ports.slice(at, at + 50)), DONE);
      await settleFiles(agent);
      await agent.restart();
      for (const { id } of ports) await expectLoaded(agent, id, true);
    },
  },
]);
