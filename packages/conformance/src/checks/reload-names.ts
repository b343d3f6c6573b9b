import { randomUUID } from 'node:crypto';
import { expectLoaded, scriptFile } from '../agent/loaded.ts';
import { topic } from '../check.ts';

/** Ports under names that are not just theirs. */
export const reloadNames = topic('reload', [
  {
    name: 'link-to-a-file',
    fact: '317',
    title: 'a symbolic link to a file counts as the file',
    profiles: ['r3.1', 'tf'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const port = agent.port();
      const target = `.conformance-${port.id}`;
      agent.folder.write(target, scriptFile(port));
      agent.folder.makeLink(port.id, target);
      await agent.restart();
      await expectLoaded(agent, port.id, true);
    },
  },
  {
    name: 'two-files-of-one-id',
    fact: '318',
    title: 'two files with one id inside are one port; its delete takes away only the file named after it',
    profiles: ['r3.1', 'tf'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const port = agent.port();
      const other = randomUUID();
      for (const name of [port.id, other]) agent.folder.write(name, scriptFile(port));
      await agent.restart();
      await expectLoaded(agent, port.id, true);
      await agent.delete(port.id);
      await expectLoaded(agent, port.id, false);
      const left = [port.id, other].filter((name) => agent.folder.has(name));
      agent.expect.equal('files that are left', left, [other]);
    },
  },
  {
    name: 'other-file-of-one-id-brings-it-back',
    fact: '318',
    title: 'a port that was deleted is back after a restart when another file names its id',
    profiles: ['r3.1', 'tf'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const port = agent.port();
      for (const name of [port.id, randomUUID()]) agent.folder.write(name, scriptFile(port));
      await agent.restart();
      await expectLoaded(agent, port.id, true);
      await agent.delete(port.id);
      await agent.restart();
      await expectLoaded(agent, port.id, true);
    },
  },
]);
