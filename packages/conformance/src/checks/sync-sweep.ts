import { NIL_GUID } from '@vrouter/port-model';
import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import {
  expectFile,
  expectFiles,
  expectKnownNow,
  expectUnknown,
  fileOf,
  settleFiles,
} from '../agent/known.ts';
import type { PortBody } from '../agent/port-body.ts';
import { added, expectSwept, syncThen } from '../agent/sweep.ts';
import { topic, type Check } from '../check.ts';
import { DONE } from '../expected/reply.ts';
import { ALL, MODERN, WITH_LINK_STATE, type ProfileName } from '../profiles.ts';

const MANY = 1000;
const ARRAY_LENGTH = 50;

interface AfterSync extends Pick<Check, 'name' | 'fact' | 'title'> {
  readonly profiles?: readonly ProfileName[];
  /** Of the port that is there before the sync. */
  readonly changes?: Readonly<Record<string, unknown>>;
  /** What is done with it between the sync and its deadline. */
  readonly act?: (agent: AgentUnderTest, port: PortBody) => Promise<void>;
  /** What becomes of it then. */
  readonly port: 'stays' | 'goes';
}

/** A port is there, a sync comes, something is done, and at the deadline the port stays or goes. */
function afterSync({ profiles = ALL, changes, act, port: outcome, ...named }: AfterSync): Check {
  return {
    ...named,
    profiles,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port(changes);
      const canary = await added(agent, port);
      await syncThen(agent, async () => act?.(agent, port));
      await expectSwept(
        agent,
        outcome === 'stays' ? { gone: [canary], stay: [port] } : { gone: [canary, port], stay: [] },
      );
    },
  };
}

/** After a sync without an add, a port of this type is kept or not. */
function ofType(type: number, outcome: 'stays' | 'goes'): Check {
  return afterSync({
    name: `type-${type}-${outcome}`,
    fact: '78',
    title: `a port of type ${type} that is not added after a sync ${outcome === 'stays' ? 'stays' : 'is removed'}`,
    changes: { type, 'system-name': 'lo' },
    port: outcome,
  });
}

async function addInArrays(agent: AgentUnderTest, ports: readonly PortBody[]): Promise<void> {
  for (let at = 0; at < ports.length; at += ARRAY_LENGTH) {
    await agent.ask('POST', '/port', ports.slice(at, at + ARRAY_LENGTH), DONE);
  }
}

export const syncSweep = topic('sync-sweep', [
  ...(['{"type":2}', 'garbage', undefined] as const).map((body, index): Check => ({
    name: `any-body-${index + 1}`,
    fact: '75',
    title: `a sync with ${body ?? 'no body'} is a success`,
    profiles: ALL,
    needs: ['sweep'],
    run: async (agent) => void (await agent.sync(body)),
  })),
  {
    name: 'nothing-before-the-deadline',
    fact: '77',
    title: 'before the stale timeout nothing is removed',
    profiles: ALL,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port();
      await syncThen(agent, async () => {
        await agent.add(port);
        await settleFiles(agent);
        await agent.sync();
        await expectKnownNow(agent, port.id);
      });
    },
  },
  ofType(2, 'goes'),
  ofType(0, 'goes'),
  ofType(1, 'stays'),
  {
    name: 'file-goes-too',
    fact: '295',
    title: 'a sweep removes the file with the port',
    profiles: ALL,
    needs: ['sweep', 'ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await fileOf(agent, port.id);
      await agent.sync();
      await agent.settled(() => {
        agent.expect.equal('there is a file', agent.folder.has(port.id), false);
      }, agent.sweepMsMax);
    },
  },
  afterSync({
    name: 'added-again',
    fact: '296',
    title: 'a port that is added again after the sync stays',
    act: (agent, port) => agent.add(port),
    port: 'stays',
  }),
  {
    name: 'added-again-in-an-array',
    fact: '296',
    title: 'ports that are added again in an array stay',
    profiles: ALL,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const ports = [agent.port(), agent.port()];
      const canary = await added(agent, ...ports);
      await syncThen(agent, () => addInArrays(agent, ports));
      await expectSwept(agent, { gone: [canary], stay: ports });
    },
  },
  {
    name: 'first-added-after-the-sync',
    fact: '79',
    title: 'a port that is added for the first time after the sync stays',
    profiles: ALL,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port();
      const canary = await added(agent);
      await syncThen(agent, () => agent.add(port));
      await expectSwept(agent, { gone: [canary], stay: [port] });
    },
  },
  afterSync({
    name: 'deleted-after-being-added-again',
    fact: '82',
    title: 'a port that is added again and then deleted stays deleted',
    act: async (agent, port) => {
      await agent.add(port);
      await agent.delete(port.id);
    },
    port: 'goes',
  }),
  afterSync({
    name: 'deleted-and-added-again',
    fact: '299',
    title: 'a port that is deleted and added after the sync stays',
    act: async (agent, port) => {
      await agent.delete(port.id);
      await agent.add(port);
    },
    port: 'stays',
  }),
  afterSync({
    name: 'only-an-add-counts',
    fact: '300',
    title: 'GET, enable and disable do not keep a port from the sweep',
    profiles: WITH_LINK_STATE,
    act: async (agent, port) => {
      await agent.send('GET', `/port/${port.id}`);
      await agent.enable(port.id);
      await agent.disable(port.id);
    },
    port: 'goes',
  }),
  afterSync({
    name: 'refused-add-does-not-count',
    fact: '301',
    title: 'an add that is refused does not keep the port from the sweep',
    act: async (agent, port) => void (await agent.post({ ...port, 'mac-address': 5 })),
    port: 'goes',
  }),
  {
    name: 'a-thousand-ports',
    fact: '83',
    title: `${MANY} ports that are all added again stay, and their files are byte by byte the same`,
    profiles: ALL,
    needs: ['sweep', 'ports-dir'],
    run: async (agent) => {
      const ports = Array.from({ length: MANY }, () => agent.port());
      await addInArrays(agent, ports);
      const canary = await added(agent);
      await expectFiles(agent, ports);
      const before = ports.map(({ id }) => agent.folder.peek(id));
      await syncThen(agent, () => addInArrays(agent, ports));
      await expectUnknown(agent, canary.id, agent.sweepMsMax);
      const changed = ports.filter(({ id }, at) => agent.folder.peek(id) !== before[at]).map(({ id }) => id);
      agent.expect.equal('ports whose file changed or went', changed, []);
    },
  },
  {
    name: 'link-state-stays',
    fact: '87',
    title: 'an enabled port that is added again after a sync is still enabled after the sweep',
    profiles: WITH_LINK_STATE,
    needs: ['sweep', 'ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      const canary = await added(agent, port);
      await agent.enable(port.id);
      await syncThen(agent, () => agent.add(port));
      await expectUnknown(agent, canary.id, agent.sweepMsMax);
      await expectFile(agent, port.id, { 'link-state': 1 });
    },
  },
  {
    name: 'adds-around-the-deadline',
    fact: 'A9',
    title: 'ports that are added again and again while the sweep comes are all there afterwards',
    profiles: ['blueprint'],
    needs: ['sweep', 'ports-dir'],
    run: async (agent) => {
      const ports = Array.from({ length: ARRAY_LENGTH }, () => agent.port());
      const canary = await added(agent, ...ports);
      const deadlineMs = await syncThen(agent, () => addInArrays(agent, ports));
      const isOver = (): boolean =>
        performance.now() > deadlineMs + agent.settleMsMax ||
        (performance.now() > deadlineMs && !agent.folder.has(canary.id));
      while (!isOver()) await addInArrays(agent, ports);
      agent.expect.equal('the port that nobody added again is there', agent.folder.has(canary.id), false);
      for (const { id } of ports) await expectKnownNow(agent, id);
    },
  },
  {
    name: 'nil-port',
    fact: '22',
    title: 'an id that cannot be read makes a port with the nil id, which no DELETE removes but a sweep does',
    profiles: MODERN,
    needs: ['sweep', 'ports-dir'],
    run: async (agent) => {
      agent.nilMustBeFree();
      await agent.add({ ...agent.port(), id: 'garbage' });
      await expectFile(agent, NIL_GUID, { id: NIL_GUID });
      await agent.delete(NIL_GUID);
      agent.expect.equal('the file is there', agent.folder.has(NIL_GUID), true);
      await agent.sync();
      await agent.settled(() => {
        agent.expect.equal('the file is there', agent.folder.has(NIL_GUID), false);
      }, agent.sweepMsMax);
    },
  },
  {
    name: 'foreign-files-stay',
    fact: '302',
    title: 'a sweep leaves alone what is in the folder and is no port',
    profiles: ALL,
    needs: ['sweep', 'tamper'],
    run: async (agent) => {
      agent.folder.write('README.conformance', 'not a port');
      agent.folder.makeFolder('conformance');
      const canary = await added(agent);
      await agent.sync();
      await expectUnknown(agent, canary.id, agent.sweepMsMax);
      agent.expect.equal('README.conformance', agent.folder.read('README.conformance'), 'not a port');
      agent.expect.equal('the folder is there', agent.folder.has('conformance'), true);
    },
  },
]);
