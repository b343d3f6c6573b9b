import { setTimeout } from 'node:timers/promises';
import { NIL_GUID } from '@vrouter/port-model';
import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import { expectFile, fileOf, parsed, settleFiles } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { DONE, refused, refusedChange } from '../expected/reply.ts';
import { WITH_LINK_STATE } from '../profiles.ts';
import { linkUnknown } from './routes.ts';

const VERBS = ['enable', 'disable'] as const;

/** A port of type 2 that is enabled, with its file. */
async function enabledPort(agent: AgentUnderTest): Promise<{ id: string; file: string }> {
  const port = agent.port();
  await agent.add(port);
  await agent.enable(port.id);
  await expectFile(agent, port.id, { 'link-state': 1 });
  return { id: port.id, file: await fileOf(agent, port.id) };
}

const withoutTime = (text: string | undefined): unknown => ({ ...parsed(text), time: '', 'link-state': '' });

export const linkState = topic('link-state', [
  {
    name: 'enable',
    fact: '66',
    title: 'enable sets link-state 1 in the file, with a time of its own',
    profiles: WITH_LINK_STATE,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      const before = parsed(await fileOf(agent, port.id));
      // An agent whose clock counts milliseconds tells two changes within one the same time.
      await setTimeout(2);
      await agent.enable(port.id);
      const after = await expectFile(agent, port.id, { 'link-state': 1 });
      agent.expect.that('time', after['time'] !== before['time'], 'another than before', after['time']);
    },
  },
  {
    name: 'disable',
    fact: '291',
    title: 'disable sets link-state 0 in the file',
    profiles: WITH_LINK_STATE,
    needs: ['ports-dir'],
    run: async (agent) => {
      const { id } = await enabledPort(agent);
      await agent.disable(id);
      await expectFile(agent, id, { 'link-state': 0 });
    },
  },
  {
    name: 'changes-only-itself',
    fact: '292',
    title: 'enable changes link-state and time in the file, and nothing else',
    profiles: WITH_LINK_STATE,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      const before = await fileOf(agent, port.id);
      await agent.enable(port.id);
      await expectFile(agent, port.id, { 'link-state': 1 });
      agent.expect.equal('the rest', withoutTime(agent.folder.read(port.id)), withoutTime(before));
    },
  },
  {
    name: 'enable-twice',
    fact: '67',
    title: 'a second enable leaves the file as it is',
    profiles: WITH_LINK_STATE,
    needs: ['ports-dir'],
    run: async (agent) => {
      const { id, file } = await enabledPort(agent);
      await agent.enable(id);
      await settleFiles(agent);
      agent.expect.equal('file', agent.folder.read(id), file);
    },
  },
  {
    name: 'disable-twice',
    fact: '67',
    title: 'disable of a disabled port leaves the file as it is',
    profiles: WITH_LINK_STATE,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      const before = await fileOf(agent, port.id);
      await agent.disable(port.id);
      await settleFiles(agent);
      agent.expect.equal('file', agent.folder.read(port.id), before);
    },
  },
  ...VERBS.map((verb): Check => ({
    name: `${verb}-unknown-port`,
    fact: '69',
    title: `${verb} of a port that nobody added is refused`,
    profiles: WITH_LINK_STATE,
    run: async (agent) => {
      const { id } = agent.port();
      await agent.ask('PUT', `/${verb}-port/${id}`, undefined, agent.choose(linkUnknown(id)));
    },
  })),
  {
    name: 'nil-id',
    fact: '293',
    title: 'enable of the nil id is refused',
    profiles: WITH_LINK_STATE,
    run: async (agent) => {
      const reply = agent.choose(linkUnknown(NIL_GUID));
      await agent.ask('PUT', `/enable-port/${NIL_GUID}`, undefined, reply);
    },
  },
  ...[0, 1].flatMap((type) =>
    VERBS.map((verb): Check => ({
      name: `${verb}-type-${type}`,
      fact: '70',
      title: `${verb} of a port of type ${type} is refused`,
      profiles: WITH_LINK_STATE,
      run: async (agent) => {
        const port = agent.port({ type, 'system-name': 'lo' });
        await agent.add(port);
        const reply = { tf: refusedChange(`Incorrect Port type for ${port.id}`), blueprint: refused(400) };
        await agent.ask('PUT', `/${verb}-port/${port.id}`, undefined, agent.choose(reply));
      },
    })),
  ),
  {
    name: 'stays-over-a-repeated-add',
    fact: '71',
    title: 'an enabled port stays enabled when it is added again',
    profiles: WITH_LINK_STATE,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.enable(port.id);
      await agent.add(port);
      await settleFiles(agent);
      await expectFile(agent, port.id, { 'link-state': 1 });
    },
  },
  ...[undefined, '', '{"not": json', '{"link-state":0}'].map((body, index): Check => ({
    name: `any-body-${index + 1}`,
    fact: '73',
    title: `enable with ${body === undefined ? 'no body' : `the body ${JSON.stringify(body)}`} enables`,
    profiles: WITH_LINK_STATE,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.ask('PUT', `/enable-port/${port.id}`, body, DONE);
      await expectFile(agent, port.id, { 'link-state': 1 });
    },
  })),
  {
    name: 'lost-file-is-written-again',
    fact: '74',
    title: 'a file that was removed by hand is there again after the link state changed',
    profiles: WITH_LINK_STATE,
    needs: ['tamper'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await fileOf(agent, port.id);
      agent.folder.remove(port.id);
      await agent.enable(port.id);
      await expectFile(agent, port.id, { id: port.id, 'link-state': 1 });
    },
  },
  {
    name: 'back-and-forth',
    fact: '294',
    title: 'of ten changes the last one counts',
    profiles: WITH_LINK_STATE,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      for (let round = 0; round < 10; round += 1) {
        await (round % 2 === 0 ? agent.enable(port.id) : agent.disable(port.id));
      }
      await settleFiles(agent);
      await expectFile(agent, port.id, { 'link-state': 0 });
    },
  },
]);
