import { expectFile, fileOf, parsed } from '../agent/known.ts';
import { topic } from '../check.ts';
import { AGENT_TIME, fileKeys, fileText, timeKey } from '../expected/port-file.ts';
import { ALL, REAL } from '../profiles.ts';

export const fileFormat = topic('file-format', [
  {
    name: 'every-byte',
    fact: '241',
    title: 'the file of a port of type 2 is as the release writes it, byte by byte but for author and time',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      const text = await fileOf(agent, port.id);
      const record = parsed(text);
      const stamp = { author: String(record['author']), time: String(record[timeKey(agent.profile)]) };
      agent.expect.equal('file', text, fileText(agent.profile, port, 0, stamp));
    },
  },
  ...[0, 1].map((type) => ({
    name: `every-byte-of-type-${type}`,
    fact: '241' as const,
    title: `the file of a port of type ${type} is as the release writes it`,
    profiles: ALL,
    needs: ['ports-dir'] as const,
    run: async (agent: Parameters<typeof fileOf>[0]) => {
      const port = agent.port({ type, 'system-name': 'lo' });
      await agent.add(port);
      const text = await fileOf(agent, port.id);
      const record = parsed(text);
      const stamp = { author: String(record['author']), time: String(record[timeKey(agent.profile)]) };
      agent.expect.equal('file', text, fileText(agent.profile, port, 0, stamp));
    },
  })),
  {
    name: 'key-order',
    fact: '19',
    title: 'whatever the order of the request, the file has its own',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(Object.fromEntries(Object.entries(port).reverse()) as typeof port);
      const record = parsed(await fileOf(agent, port.id));
      agent.expect.equal('keys', Object.keys(record), fileKeys(agent.profile, 2));
    },
  },
  {
    name: 'no-newline-at-the-end',
    fact: '242',
    title: 'the file ends with its closing brace',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      agent.expect.equal('end of the file', (await fileOf(agent, port.id)).slice(-1), '}');
    },
  },
  {
    name: 'author-and-time',
    fact: '243',
    title: 'the file says who wrote it, and when: hours since 1970, minutes, seconds',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      const record = parsed(await fileOf(agent, port.id));
      agent.expect.match('author', String(record['author']), /./);
      const time = String(record[timeKey(agent.profile)]);
      agent.expect.match('time', time, AGENT_TIME);
      const hoursNow = Date.now() / 3_600_000;
      const hours = Number(time.split(':')[0]);
      agent.expect.that('hours', Math.abs(hours - hoursNow) < 26, 'those of now, give or take a day', hours);
    },
  },
  {
    name: 'lower-case-ids',
    fact: '244',
    title: 'ids in upper case are kept in lower case',
    profiles: ['blueprint', 'r4.1', 'tf'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      const fields = ['instance-id', 'vn-id', 'vm-project-id'];
      const upper = Object.fromEntries(fields.map((key) => [key, String(port[key]).toUpperCase()]));
      await agent.add({ ...port, ...upper });
      await expectFile(agent, port.id, Object.fromEntries(fields.map((key) => [key, port[key]])));
    },
  },
  {
    name: 'values-as-they-came',
    fact: '245',
    title: 'the file keeps the values of the request as they came',
    profiles: ['r3.1'],
    needs: ['ports-dir'],
    run: async (agent) => {
      const upper = String(agent.port()['instance-id']).toUpperCase();
      const port = agent.port({ 'instance-id': upper, 'ip6-address': 'FD11::3' });
      await agent.add(port);
      await expectFile(agent, port.id, { 'instance-id': upper, 'ip6-address': 'FD11::3' });
    },
  },
  {
    name: 'file-before-the-answer',
    fact: '246',
    title: 'when the answer comes, the file is there',
    profiles: REAL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      agent.expect.equal('the file is there', agent.folder.has(port.id), true);
    },
  },
]);
