import { randomUUID } from 'node:crypto';
import type { AgentUnderTest } from '../agent/agent-under-test.ts';
import { expectFile, expectKnown, fileOf, parsed, settleFiles } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { ALL, MODERN, REAL } from '../profiles.ts';

const CHANGED = {
  'display-name': 'other',
  'ip-address': '10.9.8.7',
  'mac-address': '02:00:00:00:00:99',
  'tx-vlan-id': 200,
} as const;

/** Adds a port, adds it again with `changes`, and returns its file before and after. */
async function addTwice(
  agent: AgentUnderTest,
  changes: Readonly<Record<string, unknown>>,
): Promise<{ id: string; before: string; after: string | undefined }> {
  const port = agent.port();
  await agent.add(port);
  const before = await fileOf(agent, port.id);
  await agent.add({ ...port, ...changes });
  await settleFiles(agent);
  return { id: port.id, before, after: agent.folder.read(port.id) };
}

/** A file that was there before the port came. */
function fileBefore(name: string, text: string): Check {
  return {
    name: `${name}-file-stays`,
    fact: '55',
    title: `an ${name} file under the port's name stays as it is when the port is added`,
    profiles: REAL,
    needs: ['tamper'],
    run: async (agent) => {
      const port = agent.port();
      agent.folder.write(port.id, text);
      await agent.add(port);
      agent.expect.equal('file', agent.folder.read(port.id), text);
    },
  };
}

export const reAdd = topic('re-add', [
  {
    name: 'same-port-leaves-the-file',
    fact: '51',
    title: 'the same add again leaves the file as it is, byte by byte',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const { before, after } = await addTwice(agent, {});
      agent.expect.equal('file', after, before);
    },
  },
  ...Object.entries(CHANGED).map(([field, value]): Check => ({
    name: `changed-${field}-is-kept`,
    fact: 'A4',
    title: `an add with another ${field} updates port and file`,
    profiles: ['blueprint'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const { id } = await addTwice(agent, { [field]: value });
      await expectFile(agent, id, { [field]: value });
      const { text } = await agent.send('GET', `/port/${id}`);
      agent.expect.equal(`${field} of GET`, parsed(text)[field], value);
    },
  })),
  {
    name: 'other-vm-is-kept',
    fact: '53',
    title: 'an add for another VM updates port and file',
    profiles: ['blueprint'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const vm = randomUUID();
      const { id } = await addTwice(agent, { 'instance-id': vm });
      await expectFile(agent, id, { 'instance-id': vm });
    },
  },
  {
    name: 'changed-port-is-dropped',
    fact: '276',
    title: 'an add of a known port with other values changes neither port nor file',
    profiles: REAL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const { before, after } = await addTwice(agent, CHANGED);
      agent.expect.equal('file', after, before);
    },
  },
  {
    name: 'other-vm-leaves-the-file',
    fact: '53',
    title: 'an add for another VM leaves the file with the old one',
    profiles: MODERN,
    needs: ['ports-dir'],
    run: async (agent) => {
      const { before, after } = await addTwice(agent, { 'instance-id': randomUUID() });
      agent.expect.equal('file', after, before);
    },
  },
  {
    name: 'other-vm-reaches-the-file-with-enable',
    fact: '53',
    title: 'after an add for another VM an enable writes the new one into the file',
    profiles: ['tf'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const vm = randomUUID();
      const { id } = await addTwice(agent, { 'instance-id': vm, 'display-name': 'other' });
      await agent.enable(id);
      await expectFile(agent, id, { 'instance-id': vm, 'display-name': 'other', 'link-state': 1 });
    },
  },
  {
    name: 'delete-then-add-takes-the-change',
    fact: '54',
    title: 'after a delete the port can be added with other values, and the file has them',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.delete(port.id);
      await agent.add({ ...port, ...CHANGED });
      await expectFile(agent, port.id, CHANGED);
    },
  },
  fileBefore('empty', ''),
  fileBefore('invalid', '{"id": "half'),
  ...['', '{"id": "half'].map((text, index): Check => ({
    name: `bad-file-is-replaced-${index + 1}`,
    fact: 'A3',
    title: `a file that holds ${JSON.stringify(text)} is replaced when its port is added`,
    profiles: ['blueprint'],
    needs: ['tamper'],
    run: async (agent) => {
      const port = agent.port();
      agent.folder.write(port.id, text);
      await agent.add(port);
      await expectFile(agent, port.id, { id: port.id, 'instance-id': port['instance-id'] });
    },
  })),
  {
    name: 'link-state-of-a-repeated-add-is-dropped',
    fact: '277',
    title: 'link-state 1 in the add of a known port does not enable it',
    profiles: ['tf'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const { before, after } = await addTwice(agent, { 'link-state': 1 });
      agent.expect.equal('file', after, before);
    },
  },
  {
    name: 'link-state-of-a-repeated-add-counts',
    fact: '277',
    title: 'link-state 1 in the add of a known port enables it',
    profiles: ['blueprint'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const { id } = await addTwice(agent, { 'link-state': 1 });
      await expectFile(agent, id, { 'link-state': 1 });
    },
  },
  {
    name: 'lost-file-is-written-again',
    fact: '278',
    title:
      'a file that was removed by hand is written again by an add of the known port, with its new values',
    profiles: REAL,
    needs: ['tamper'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      agent.folder.remove(port.id);
      await agent.add({ ...port, ...CHANGED });
      await expectFile(agent, port.id, CHANGED);
    },
  },
  {
    name: 'after-delete-it-is-new',
    fact: '279',
    title: 'a port that was enabled, deleted and added again starts disabled',
    profiles: ['blueprint', 'tf'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await agent.enable(port.id);
      await agent.delete(port.id);
      await agent.add(port);
      await expectFile(agent, port.id, { 'link-state': 0 });
    },
  },
  {
    name: 'ten-times',
    fact: '280',
    title: 'an add may be sent ten times: each is a success, and there is one port',
    profiles: ALL,
    needs: ['presence'],
    run: async (agent) => {
      const port = agent.port();
      for (let round = 0; round < 10; round += 1) await agent.add(port);
      await expectKnown(agent, port.id);
    },
  },
]);
