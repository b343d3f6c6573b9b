import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import { expectUnknown, parsed, settleFiles } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { refused } from '../expected/reply.ts';

type Act = (agent: AgentUnderTest) => Promise<void>;

/**
 * With a disk that fails, a change is refused and nothing of it is done. `prepare` comes before the fault and returns
 * what to do under it and what must hold once it is gone.
 */
function withFailingDisk(
  name: string,
  title: string,
  prepare: (agent: AgentUnderTest) => Promise<{ readonly change: Act; readonly afterwards: Act }>,
): readonly Check[] {
  return (['disk-full', 'disk-error'] as const).map((action) => ({
    name: `${action}-${name}`,
    fact: 'A1',
    title: `${title} (${action})`,
    profiles: ['blueprint'],
    needs: ['admin'],
    run: async (agent) => {
      const { change, afterwards } = await prepare(agent);
      await agent.admin.withFault(action, () => change(agent));
      await afterwards(agent);
    },
  }));
}

async function refusedAsUnsaved(
  agent: AgentUnderTest,
  method: string,
  path: string,
  body?: unknown,
): Promise<void> {
  await agent.ask(method, path, body, refused(500));
}

const linkStateOf = async (agent: AgentUnderTest, id: string): Promise<unknown> =>
  parsed((await agent.send('GET', `/port/${id}`)).text)['link-state'];

export const diskFaults = topic(
  'disk-faults',
  [
    ...withFailingDisk('add', 'an add that cannot be saved is refused, and succeeds later', async (agent) => {
      const port = agent.port();
      await settleFiles(agent);
      return {
        change: () => refusedAsUnsaved(agent, 'POST', '/port', port),
        afterwards: async () => {
          await expectUnknown(agent, port.id);
          await agent.add(port);
        },
      };
    }),
    ...withFailingDisk('array', 'of an array that cannot be saved nothing is added', async (agent) => {
      const ports = [agent.port(), agent.port()];
      await settleFiles(agent);
      return {
        change: () => refusedAsUnsaved(agent, 'POST', '/port', ports),
        afterwards: async () => {
          for (const { id } of ports) await expectUnknown(agent, id);
        },
      };
    }),
    ...withFailingDisk(
      'enable',
      'an enable that cannot be saved is refused, and the port stays disabled',
      async (agent) => {
        const port = agent.port();
        await agent.add(port);
        await settleFiles(agent);
        return {
          change: () => refusedAsUnsaved(agent, 'PUT', `/enable-port/${port.id}`),
          afterwards: async () => agent.expect.equal('link-state', await linkStateOf(agent, port.id), 0),
        };
      },
    ),
    ...withFailingDisk(
      'update',
      'a repeated add that cannot be saved leaves the old values',
      async (agent) => {
        const port = agent.port();
        await agent.add(port);
        await settleFiles(agent);
        return {
          change: () => refusedAsUnsaved(agent, 'POST', '/port', { ...port, 'display-name': 'other' }),
          afterwards: async () => {
            const { text } = await agent.send('GET', `/port/${port.id}`);
            agent.expect.equal('display-name', parsed(text)['display-name'], port['display-name']);
          },
        };
      },
    ),
  ].flat(),
);
