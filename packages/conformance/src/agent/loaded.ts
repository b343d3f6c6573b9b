import type { AgentUnderTest } from './agent-under-test.ts';
import { isKnown } from './known.ts';
import type { PortBody } from './port-body.ts';

/** A port file as the helper script of Nova writes it: one line, no link-state, other author and time. */
export function scriptFile(port: PortBody): string {
  const record = {
    ...port,
    'vhostuser-mode': 0,
    author: '/usr/bin/vrouter-port-control',
    time: '2018-06-14 12:04:42.065040',
  };
  const members = Object.entries(record).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  return `{${members.join(', ')}}`;
}

/** Whether the agent loaded `id`, in a way that also later releases show: only a loaded port can be disabled. */
export async function expectLoaded(agent: AgentUnderTest, id: string, isLoaded: boolean): Promise<void> {
  if (agent.profile !== 'tf') {
    await agent.settled(async () => {
      agent.expect.equal(`port ${id} was loaded`, await isKnown(agent, id), isLoaded);
    });
    return;
  }
  await agent.settled(async () => {
    const { text } = await agent.send('PUT', `/disable-port/${id}`);
    agent.expect.equal(`port ${id} was loaded`, !text.includes('Port Not found'), isLoaded);
  });
}
