import { randomUUID } from 'node:crypto';
import { NIL_GUID } from '@vrouter/port-model';
import { expectFile, expectKnown, expectUnknown, fileOf, lasting, settleFiles } from '../agent/known.ts';
import { expectLoaded, scriptFile } from '../agent/loaded.ts';
import { newPort, type PortBody } from '../agent/port-body.ts';
import { topic, type Check } from '../check.ts';
import { ALL, MODERN, REAL, WITH_LINK_STATE } from '../profiles.ts';
import { linkUnknown } from './routes.ts';

/** A file of this content is there at the start. */
function badFileStays(name: string, text: (port: PortBody) => string): Check {
  return {
    name: `${name}-file-stays`,
    fact: '91',
    title: `a file that is ${name} is not loaded and stays as it is; the others are loaded`,
    profiles: ['r3.1', 'tf'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const [bad, good] = [agent.port(), agent.port()];
      await agent.add(good);
      agent.folder.write(bad.id, text(bad));
      await agent.restart();
      await expectLoaded(agent, good.id, true);
      await expectLoaded(agent, bad.id, false);
      agent.expect.equal('file', agent.folder.read(bad.id), text(bad));
    },
  };
}

function badFileIsSetAside(name: string, text: (port: PortBody) => string): Check {
  return {
    name: `${name}-file-is-set-aside`,
    fact: 'A3',
    title: `a file that is ${name} is taken out of the folder at the start; the others are loaded`,
    profiles: ['blueprint'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const [bad, good] = [agent.port(), agent.port()];
      await agent.add(good);
      await settleFiles(agent);
      agent.folder.write(bad.id, text(bad));
      await agent.restart();
      await expectKnown(agent, good.id);
      await expectUnknown(agent, bad.id);
    },
  };
}

/** A file that is a port, but not under the name of one. */
function oddName(name: string, fileName: (id: string) => string): Check {
  return {
    name,
    fact: '303',
    title: `a port file called ${fileName('<id>')} is loaded: only the beginning of the name must be an id`,
    profiles: ['r3.1', 'tf'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const port = agent.port();
      agent.folder.write(fileName(port.id), scriptFile(port));
      await agent.restart();
      await expectLoaded(agent, port.id, true);
    },
  };
}

const BAD_FILES: readonly (readonly [string, (port: PortBody) => string])[] = [
  ['empty', () => ''],
  ['truncated', (port) => scriptFile(port).slice(0, 100)],
  ['incomplete', (port) => JSON.stringify({ id: port.id })],
];

export const reload = topic('reload', [
  ...[0, 1].map((type): Check => ({
    name: `type-${type}-without-its-interface`,
    fact: '89',
    title: `a port of type ${type} whose interface does not exist is not loaded, and its file stays`,
    profiles: ['r3.1', 'tf'],
    needs: ['restart', 'ports-dir'],
    run: async (agent) => {
      const port = agent.port({ type, 'system-name': 'tap-none' });
      await agent.add(port);
      const before = await fileOf(agent, port.id);
      await agent.restart();
      await expectLoaded(agent, port.id, false);
      agent.expect.equal('file', agent.folder.read(port.id), before);
    },
  })),
  {
    name: 'without-its-interface-it-is-not-swept',
    fact: '89',
    title: 'what was not loaded for want of its interface is no port, so a sweep leaves its file',
    profiles: REAL,
    needs: ['restart', 'sweep', 'ports-dir'],
    run: async (agent) => {
      const port = agent.port({ type: 0, 'system-name': 'tap-none' });
      await agent.add(port);
      const before = await fileOf(agent, port.id);
      await agent.restart();
      const canary = agent.port();
      await agent.add(canary);
      await agent.sync();
      await expectUnknown(agent, canary.id, agent.sweepMsMax);
      agent.expect.equal('file', agent.folder.read(port.id), before);
    },
  },
  {
    name: 'type-2-without-its-interface',
    fact: '308',
    title: 'a port of type 2 is loaded whether or not its interface exists',
    profiles: ALL,
    needs: ['restart', 'presence'],
    run: async (agent) => {
      const port = agent.port({ 'system-name': 'tap-none' });
      await agent.add(port);
      await agent.restart();
      await expectLoaded(agent, port.id, true);
    },
  },
  {
    name: 'extra-entries',
    fact: '90',
    title: 'folders, README and dot files are ignored and left alone',
    profiles: ALL,
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await settleFiles(agent);
      const names = ['README.conformance', `.${randomUUID()}`, '.conformance'];
      for (const name of names) agent.folder.write(name, 'not a port');
      agent.folder.makeFolder('conformance');
      await agent.restart();
      await expectLoaded(agent, port.id, true);
      for (const name of names) agent.expect.equal(`file ${name}`, agent.folder.read(name), 'not a port');
      agent.expect.equal('the folder is there', agent.folder.has('conformance'), true);
    },
  },
  {
    name: 'folder-named-like-a-port',
    fact: '90',
    title: 'a folder named like a port is ignored and left alone',
    profiles: ALL,
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const name = randomUUID();
      agent.folder.makeFolder(name);
      await agent.restart();
      agent.expect.equal('the folder is there', agent.folder.has(name), true);
    },
  },
  {
    name: 'nil-name',
    fact: '90',
    title: 'a file named after the nil id is ignored and left alone',
    profiles: REAL,
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      agent.nilMustBeFree();
      const text = scriptFile(newPort());
      agent.folder.write(NIL_GUID, text);
      await agent.restart();
      agent.expect.equal('file', agent.folder.read(NIL_GUID), text);
    },
  },
  ...BAD_FILES.map(([name, text]) => badFileStays(name, text)),
  ...BAD_FILES.map(([name, text]) => badFileIsSetAside(name, text)),
  {
    name: 'bad-file-stays-without-link-state',
    fact: '91',
    title: 'an invalid file stays as it is, and the agent starts',
    profiles: ['r4.1'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const [bad, good] = [agent.port(), agent.port()];
      await agent.add(good);
      agent.folder.write(bad.id, '{"half');
      await agent.restart();
      agent.expect.equal('file', agent.folder.read(bad.id), '{"half');
      await expectLoaded(agent, good.id, true);
    },
  },
  {
    name: 'id-inside-counts',
    fact: '93',
    title: 'a file with another id inside is the port of that id; a delete of that id leaves the file',
    profiles: ['r3.1', 'tf'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const port = agent.port();
      const name = randomUUID();
      agent.folder.write(name, scriptFile(port));
      await agent.restart();
      await expectLoaded(agent, port.id, true);
      await agent.delete(port.id);
      await expectLoaded(agent, port.id, false);
      agent.expect.equal('the file is there', agent.folder.has(name), true);
    },
  },
  {
    name: 'id-inside-file-stays',
    fact: '93',
    title: 'a file with another id inside stays when that id is deleted',
    profiles: ['r4.1'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const port = agent.port();
      const name = randomUUID();
      agent.folder.write(name, scriptFile(port));
      await agent.restart();
      await agent.delete(port.id);
      agent.expect.equal('the file is there', agent.folder.has(name), true);
    },
  },
  {
    name: 'id-inside-must-be-the-name',
    fact: 'A3',
    title: 'a file with another id inside is set aside, and is no port under either id',
    profiles: ['blueprint'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const [named, inside] = [agent.port(), agent.port()];
      agent.folder.write(named.id, scriptFile(inside));
      await agent.restart();
      await expectUnknown(agent, named.id);
      await expectUnknown(agent, inside.id);
    },
  },
  {
    name: 'file-of-the-helper-script',
    fact: '94',
    title: 'a file of one line, without link-state, with author and time of another form, is loaded',
    profiles: ALL,
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const port = agent.port();
      agent.folder.write(port.id, scriptFile(port));
      await agent.restart();
      await expectLoaded(agent, port.id, true);
    },
  },
  {
    name: 'file-of-the-helper-script-is-disabled',
    fact: '94',
    title: 'a port of type 2 whose file has no link-state comes up disabled: an enable changes the file',
    profiles: WITH_LINK_STATE,
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const port = agent.port();
      agent.folder.write(port.id, scriptFile(port));
      await agent.restart();
      await agent.settled(() => agent.enable(port.id));
      await expectFile(agent, port.id, { 'link-state': 1 });
    },
  },
  {
    name: 'helper-script-enabled',
    fact: '309',
    title: 'a file of the helper script with link-state 1 is loaded enabled: an enable changes nothing',
    profiles: WITH_LINK_STATE,
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const port = agent.port({ 'link-state': 1 });
      const text = scriptFile(port);
      agent.folder.write(port.id, text);
      await agent.restart();
      await agent.settled(() => agent.enable(port.id));
      await settleFiles(agent);
      agent.expect.equal('file', agent.folder.read(port.id), text);
    },
  },
  {
    name: 'array-in-a-file',
    fact: '310',
    title: 'a file may hold an array: all its ports are loaded',
    profiles: ['tf', 'r3.1'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const [first, second] = [agent.port(), agent.port()];
      agent.folder.write(first.id, JSON.stringify([first, second]));
      await agent.restart();
      await expectLoaded(agent, first.id, true);
      await expectLoaded(agent, second.id, true);
    },
  },
  oddName('name-with-a-suffix', (id) => `${id}.tmp`),
  oddName('name-in-upper-case', (id) => (id === '<id>' ? '<ID>' : id.toUpperCase())),
  {
    name: 'reload-writes-nothing',
    fact: '311',
    title: 'a restart leaves every file as it is, those of others included',
    profiles: ALL,
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const [ours, scripts] = [agent.port(), agent.port()];
      await agent.add(ours);
      await settleFiles(agent);
      agent.folder.write(scripts.id, scriptFile(scripts));
      const before = agent.folder.read(ours.id);
      await agent.restart();
      await expectLoaded(agent, ours.id, true);
      agent.expect.equal('file', lasting(agent, agent.folder.read(ours.id)), lasting(agent, before));
      agent.expect.equal('file of others', agent.folder.read(scripts.id), scriptFile(scripts));
    },
  },
  {
    name: 'folder-is-created',
    fact: '95',
    title: 'when the ports folder does not exist the agent creates it (and from R4.0 on vm/ in it)',
    profiles: ALL,
    needs: ['restart', 'folder-outage'],
    run: async (agent) => {
      agent.folder.takeAway();
      await agent.restart();
      await agent.settled(() => {
        const wanted = MODERN.includes(agent.profile) ? ['vm'] : [];
        agent.expect.equal('names in the folder', agent.folder.namesOrNone(), wanted);
      });
      agent.folder.bringBack();
      await agent.restart();
    },
  },
  {
    name: 'unknown-after-the-file-is-gone',
    fact: '312',
    title: 'a port whose file was taken away while the agent ran is unknown after a restart',
    profiles: ['tf'],
    needs: ['restart', 'tamper'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await settleFiles(agent);
      agent.folder.remove(port.id);
      await agent.restart();
      const reply = agent.choose(linkUnknown(port.id));
      await agent.settled(() => agent.ask('PUT', `/enable-port/${port.id}`, undefined, reply));
    },
  },
]);
