import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import type { PortBody } from '../agent/port-body.ts';
import { expectFile, expectFiles, expectKnown, settleFiles } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { badFields, DONE, exactError, refusedPost, type Reply } from '../expected/reply.ts';
import { ALL, MODERN, type ByProfile } from '../profiles.ts';

const MANY = 64;

/** Modern releases swallow the error of an array: success, and nothing was done. */
const badElement = (text: string): ByProfile<Reply> => ({
  modern: DONE,
  'r3.1': refusedPost(`Json Array has invalid element ==> ${text}`),
  blueprint: badFields({ field: 'body', index: 0 }),
});

async function expectNothingAdded(agent: AgentUnderTest, ports: readonly PortBody[]): Promise<void> {
  await settleFiles(agent);
  const added = ports.filter((port) => agent.folder.has(port.id)).map((port) => port.id);
  agent.expect.equal('ports that were added', added, []);
}

/** An array of three, of which the `index`th is not valid. */
function badAt(index: number): Check {
  return {
    name: `bad-element-${index}`,
    fact: 'A5',
    title: `of an array whose element ${index} is bad nothing is added, and the error names the index and the field`,
    profiles: ['blueprint'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const ports = [agent.port(), agent.port(), agent.port()];
      const sent = ports.map((port, at) => (at === index ? { ...port, 'mac-address': 'x' } : port));
      await agent.ask('POST', '/port', sent, badFields({ field: 'mac-address', index }));
      await expectNothingAdded(agent, ports);
    },
  };
}

export const arrays = topic('arrays', [
  {
    name: 'two-ports',
    fact: '47',
    title: 'of an array of two ports both are added',
    profiles: ALL,
    needs: ['presence'],
    run: async (agent) => {
      const ports = [agent.port(), agent.port()];
      await agent.ask('POST', '/port', ports, DONE);
      for (const { id } of ports) await expectKnown(agent, id);
    },
  },
  {
    name: 'many-ports',
    fact: '271',
    title: `of an array of ${MANY} ports all are added`,
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const ports = Array.from({ length: MANY }, () => agent.port());
      await agent.ask('POST', '/port', ports, DONE);
      await expectFiles(agent, ports);
    },
  },
  {
    name: 'empty',
    fact: '49',
    title: 'an empty array is a success',
    profiles: ALL,
    run: async (agent) => void (await agent.ask('POST', '/port', '[]', DONE)),
  },
  {
    name: 'number-inside',
    fact: '50',
    title: '[1]: refused by the blueprint and R3.1, a success without effect for later releases',
    profiles: ALL,
    run: async (agent) => void (await agent.ask('POST', '/port', '[1]', agent.choose(badElement('[1]')))),
  },
  {
    name: 'array-inside',
    fact: '50',
    title: 'an array in an array is no port',
    profiles: ALL,
    run: async (agent) => void (await agent.ask('POST', '/port', '[[]]', agent.choose(badElement('[[]]')))),
  },
  {
    name: 'bad-port-inside',
    fact: '272',
    title: 'of an array with one bad port nothing is added (and from R4.0 on nobody is told)',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const ports = [agent.port(), agent.port(), agent.port()];
      const text = JSON.stringify(ports.map((port, at) => (at === 1 ? { ...port, type: '2' } : port)));
      const reply: ByProfile<Reply> = {
        modern: DONE,
        'r3.1': exactError(`{ Json string does not have all required members, type is missing ==> ${text} }`),
        blueprint: badFields({ field: 'type', index: 1 }),
      };
      await agent.ask('POST', '/port', text, agent.choose(reply));
      await expectNothingAdded(agent, ports);
    },
  },
  badAt(0),
  badAt(1),
  badAt(2),
  {
    name: 'every-bad-element',
    fact: 'A5',
    title: 'each bad element of an array is named',
    profiles: ['blueprint'],
    run: async (agent) => {
      const sent = [agent.port({ type: 9 }), agent.port(), agent.port({ 'tx-vlan-id': 'x' }), 7];
      const reply = badFields(
        { field: 'type', index: 0 },
        { field: 'tx-vlan-id', index: 2 },
        { field: 'body', index: 3 },
      );
      await agent.ask('POST', '/port', sent, reply);
    },
  },
  {
    name: 'same-port-twice',
    fact: '273',
    title: 'of two elements with one id the last counts',
    profiles: ['blueprint'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.ask('POST', '/port', [port, { ...port, 'display-name': 'last' }], DONE);
      await expectFile(agent, port.id, { 'display-name': 'last' });
    },
  },
  {
    name: 'same-port-twice-keeps-the-first',
    fact: '273',
    title: 'of two elements with one id the first counts: the second is a repeated add',
    profiles: MODERN,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.ask('POST', '/port', [port, { ...port, 'display-name': 'last' }], DONE);
      await expectFile(agent, port.id, { 'display-name': port['display-name'] });
    },
  },
]);
