import { expectKnownNow, expectUnknown } from '../agent/known.ts';
import { added, expectSwept, halfTheTimeout, syncThen, unlessTooLate } from '../agent/sweep.ts';
import { topic } from '../check.ts';
import { ALL, REAL } from '../profiles.ts';

/** So many syncs are more than 16 bits can count. */
const SYNCS_UNTIL_WRAP = 2 ** 16;

/** What becomes of several syncs, and how they are counted. */
export const syncGenerations = topic('sync-sweep', [
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
      await syncThen(agent, async () => {
        // Those of earlier syncs may run out meanwhile: only what is new counts.
        const before = await agent.admin.state();
        await agent.sync();
        const after = await agent.admin.state();
        agent.expect.equal('generation', after.generation, before.generation + 1);
        const latestMs = Math.max(0, ...before.deadlines);
        const lastOf = (deadlines: readonly number[]): number =>
          deadlines.filter((deadlineMs) => deadlineMs >= latestMs).length;
        const isAdded = lastOf(after.deadlines) > lastOf(before.deadlines);
        agent.expect.that('deadlines', isAdded, `another one from ${latestMs} on`, after.deadlines);
      });
      await agent.settled(async () => {
        agent.expect.equal('deadlines', (await agent.admin.state()).deadlines, []);
      }, agent.sweepMsMax);
    },
  },
]);
