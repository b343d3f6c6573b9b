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
import { expectSwept, halfTheTimeout, syncThen, unlessTooLate } from '../agent/sweep.ts';
import { topic, type Check } from '../check.ts';
import { DONE } from '../expected/reply.ts';
import { ALL, MODERN, REAL, WITH_LINK_STATE } from '../profiles.ts';

const MANY = 1000;
const ARRAY_LENGTH = 50;
/** So many syncs are more than 16 bits can count. */
const SYNCS_UNTIL_WRAP = 2 ** 16;

/** Ports that are added, the last of them only to show that the sweep came. */
async function added(agent: AgentUnderTest, ...ports: readonly PortBody[]): Promise<PortBody> {
  const canary = agent.port();
  await agent.add(...ports, canary);
  return canary;
}

/** After a sync without an add, a port of this type is `kept` or not. */
function ofType(type: number, kept: boolean): Check {
  return {
    name: `type-${type}-${kept ? 'stays' : 'goes'}`,
    fact: '78',
    title: `a port of type ${type} that is not added after a sync ${kept ? 'stays' : 'is removed'}`,
    profiles: ALL,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port({ type, 'system-name': 'lo' });
      const canary = await added(agent, port);
      await agent.sync();
      await expectSwept(agent, kept ? { gone: [canary], stay: [port] } : { gone: [canary, port], stay: [] });
    },
  };
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
  ofType(2, false),
  ofType(0, false),
  ofType(1, true),
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
  {
    name: 'added-again',
    fact: '296',
    title: 'a port that is added again after the sync stays',
    profiles: ALL,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port();
      const canary = await added(agent, port);
      await syncThen(agent, () => agent.add(port));
      await expectSwept(agent, { gone: [canary], stay: [port] });
    },
  },
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
  {
    name: 'two-syncs-then-added',
    fact: '81',
    title: 'a port that is added once after two syncs stays beyond both deadlines',
    profiles: ALL,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port();
      const first = await added(agent, port);
      await agent.sync();
      await halfTheTimeout(agent);
      const second = agent.port();
      await agent.add(second);
      await syncThen(agent, () => agent.add(port));
      await expectSwept(agent, { gone: [first, second], stay: [port] });
    },
  },
  {
    name: 'added-between-two-syncs',
    fact: '297',
    title: 'a port that is added only between two syncs outlives the first deadline and goes at the second',
    profiles: ALL,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port();
      const canary = await added(agent);
      await syncThen(agent, () => agent.add(port));
      await halfTheTimeout(agent);
      const secondDeadlineMs = await agent.sync();
      await expectUnknown(agent, canary.id, agent.sweepMsMax);
      // On a machine that is too busy the second deadline may have come as well; then only the end can be seen.
      await unlessTooLate(secondDeadlineMs, () => expectKnownNow(agent, port.id));
      await expectUnknown(agent, port.id, agent.sweepMsMax);
    },
  },
  {
    name: 'two-syncs-two-sweeps',
    fact: '298',
    title: 'a port that is added after the first of two syncs is not safe from the second',
    profiles: ALL,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port();
      await agent.sync();
      await agent.add(port);
      await agent.sync();
      await expectUnknown(agent, port.id, agent.sweepMsMax);
    },
  },
  {
    name: 'deleted-after-being-added-again',
    fact: '82',
    title: 'a port that is added again and then deleted stays deleted',
    profiles: ALL,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port();
      const canary = await added(agent, port);
      await syncThen(agent, async () => {
        await agent.add(port);
        await agent.delete(port.id);
      });
      await expectSwept(agent, { gone: [canary, port], stay: [] });
    },
  },
  {
    name: 'deleted-and-added-again',
    fact: '299',
    title: 'a port that is deleted and added after the sync stays',
    profiles: ALL,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port();
      const canary = await added(agent, port);
      await syncThen(agent, async () => {
        await agent.delete(port.id);
        await agent.add(port);
      });
      await expectSwept(agent, { gone: [canary], stay: [port] });
    },
  },
  {
    name: 'only-an-add-counts',
    fact: '300',
    title: 'GET, enable and disable do not keep a port from the sweep',
    profiles: WITH_LINK_STATE,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.sync();
      await agent.send('GET', `/port/${port.id}`);
      await agent.send('PUT', `/enable-port/${port.id}`);
      await agent.send('PUT', `/disable-port/${port.id}`);
      await expectUnknown(agent, port.id, agent.sweepMsMax);
    },
  },
  {
    name: 'refused-add-does-not-count',
    fact: '301',
    title: 'an add that is refused does not keep the port from the sweep',
    profiles: ALL,
    needs: ['sweep', 'presence'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.sync();
      await agent.post({ ...port, 'mac-address': 5 });
      await expectUnknown(agent, port.id, agent.sweepMsMax);
    },
  },
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
    name: 'marks-wrap',
    fact: '316',
    title: `after ${SYNCS_UNTIL_WRAP} syncs a port that is added again is swept all the same; R3.1 keeps it`,
    profiles: REAL,
    needs: ['sweep', 'many-syncs', 'restart', 'presence'],
    run: async (agent) => {
      await agent.restart(); // which counts from 0 again
      try {
        await agent.wire.sendMany({ method: 'POST', path: '/syncports' }, SYNCS_UNTIL_WRAP - 1);
        const port = agent.port();
        const canary = await added(agent, port);
        await syncThen(agent, () => agent.add(port));
        const isKept = agent.choose({ 'r3.1': true, modern: false });
        await expectSwept(
          agent,
          isKept ? { gone: [canary], stay: [port] } : { gone: [canary, port], stay: [] },
        );
      } finally {
        await agent.restart(); // otherwise no sweep would keep anything from now on
      }
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
  {
    name: 'marks-seen',
    fact: 'A7',
    title: 'a sync marks every port NOT seen but those of type 1, and an add marks its port seen',
    profiles: ['blueprint'],
    needs: ['sweep', 'admin'],
    run: async (agent) => {
      const [old, again, namespace] = [
        agent.port(),
        agent.port(),
        agent.port({ type: 1, 'system-name': 'lo' }),
      ];
      await syncThen(agent, async () => {
        await agent.add(old, again, namespace);
        await agent.sync();
        await agent.add(again);
        const seen = await Promise.all([old, again, namespace].map(({ id }) => agent.admin.port(id)));
        agent.expect.equal(
          'seen',
          seen.map((port) => port?.seen),
          [false, true, true],
        );
      });
    },
  },
  {
    name: 'generations-and-deadlines',
    fact: 'A7',
    title: 'each sync opens one generation and sets one deadline, the stale timeout away',
    profiles: ['blueprint'],
    needs: ['sweep', 'admin'],
    run: async (agent) => {
      const before = await agent.admin.state();
      await syncThen(agent, async () => {
        const { generation } = await agent.admin.state();
        await agent.sync();
        const { generation: next, deadlines } = await agent.admin.state();
        agent.expect.equal('generation', next, generation + 1);
        agent.expect.that(
          'deadlines',
          deadlines.length > before.deadlines.length,
          'more than before',
          deadlines,
        );
      });
      await agent.settled(async () => {
        agent.expect.equal('deadlines', (await agent.admin.state()).deadlines, []);
      }, agent.sweepMsMax);
    },
  },
]);
