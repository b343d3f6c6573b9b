import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { NIL_GUID } from '@vrouter/port-model';
import { manualClock, samplePort } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { FaultyFileSystem } from '../../../testing/faulty-file-system.ts';
import { LiveAgent } from '../../../testing/live-agent.ts';
import { RawClient, realAnswer } from '../../../testing/raw-client.ts';
import { REAL_PROFILES, sampleBody } from '../../../testing/real-profiles.ts';
import { bytesOf } from '../json/unescape.ts';

const PORT = samplePort(1);
const { id: ID, 'instance-id': VM, 'vn-id': VN } = PORT;
const OK = realAnswer(200, '{}');
const NOT_SAVED = realAnswer(500, `{"error":"{ Writing of Json string to file failed for ${ID} }"}`);

let agent: LiveAgent;
let client: RawClient;
let clock: ReturnType<typeof manualClock>;
let files: FaultyFileSystem;
afterEach(async () => end());

/** Of the agent that a test has started, if any. */
let end: () => void | Promise<void> = () => undefined;

async function start(profile: string): Promise<void> {
  await end();
  clock = manualClock(1_528_977_882_065);
  files = new FaultyFileSystem();
  agent = await new LiveAgent({ profile, clock, files }).start();
  client = new RawClient(agent.url);
  end = async () => {
    client.close();
    await agent.remove();
  };
}

const post = (body: string): Promise<string> => client.request('POST', '/port', bytesOf(body));
const put = (kind: 'enable' | 'disable'): Promise<string> => client.request('PUT', `/${kind}-port/${ID}`);
const remove = (): Promise<string> => client.request('DELETE', `/port/${ID}`);
const pathOf = (name: string): string => join(agent.portsDir, name);
const fileText = (name = ID): string => readFileSync(pathOf(name), 'utf8');
const portNames = (): string[] => readdirSync(agent.portsDir).filter((name) => name !== 'vm');
const tableIds = async (): Promise<string[]> => (await agent.state()).ports.map((port) => port.id);

const modernText = (linkState: string, displayName: string): string => `{
    "id": "${ID}",
    "instance-id": "${VM}",
    "display-name": ${displayName},
    "ip-address": "0.0.0.0",
    "ip6-address": "::",
    "vn-id": "${VN}",
    "vm-project-id": "${NIL_GUID}",
    "mac-address": "AA:b:0:0:0:1",
    "system-name": "${ID}",
    "type": 2,
    "rx-vlan-id": 65535,
    "tx-vlan-id": 65535,
    "vhostuser-mode": 0,
${linkState}    "author": "/usr/bin/contrail-vrouter-agent",
    "time": "424716:04:42.065000"
}`;

const UNUSUAL = {
  id: ID.toUpperCase(),
  'display-name': 'a"b\\c\n/\u0001é',
  'ip-address': 'fd11::3',
  'ip6-address': 'None',
  'vm-project-id': 'None',
  'mac-address': 'AA:b:0:0:0:1',
  'rx-vlan-id': -1,
  'tx-vlan-id': -1,
};

test('R4.1 and Tungsten Fabric write what the table holds, pretty-printed and escaped', async () => {
  for (const [profile, linkState] of [
    ['r4.1', ''],
    ['tf', '    "link-state": 0,\n'],
  ] as const) {
    await start(profile);
    expect(await post(sampleBody(1, { ...UNUSUAL, name: 'unknown members are dropped' }))).toBe(OK);
    expect(fileText()).toBe(modernText(linkState, '"a\\"b\\\\c\\n/\\u0001é"'));
  }
});

test('R3.1 writes what was posted, word for word, under the name that was posted', async () => {
  await start('r3.1');
  await post(sampleBody(1, { ...UNUSUAL, 'ip6-address': 'FD11::3', 'ip-address': 'None', type: 2 }));
  const name = ID.toUpperCase();
  expect(fileText(name)).toBe(
    `{"id": "${name}", "instance-id": "${VM}", "ip-address": "None", "ip6-address": "FD11::3", "vn-id": "${VN}", ` +
      `"display-name": "a"b\\c\n/\u0001é", "vm-project-id": "None", "mac-address": "AA:b:0:0:0:1", ` +
      `"system-name": "${ID}", "type": 2, "rx-vlan-id": -1, "tx-vlan-id": -1, ` +
      `"author": "/usr/bin/contrail-vrouter-agent", "time ": "424716:04:42.065000"}`,
  );
  expect(await remove()).toBe(OK);
  expect(portNames()).toEqual([name]); // the delete looks for the name in lower case
});

test('a whole second is written without a fraction', async () => {
  for (const [profile, key] of [
    ['r3.1', '"time "'],
    ['tf', '"time"'],
  ]) {
    await start(profile!);
    await clock.advance(935);
    await post(sampleBody());
    expect(fileText()).toContain(`${key}: "424716:04:43"`);
  }
});

test('link states are written for type 2 alone', async () => {
  await start('tf');
  await post(`[${sampleBody(1, { type: 1 })},${sampleBody(2, { type: 7, 'link-state': 0 })}]`);
  expect(fileText()).not.toContain('link-state');
  const other = fileText(samplePort(2).id);
  expect(other).toContain('"type": 0,');
  expect(other).not.toContain('link-state');
});

for (const profile of REAL_PROFILES) {
  test(`${profile}: a file that is there stays, whatever it holds, and the port is added`, async () => {
    await start(profile);
    writeFileSync(pathOf(ID), 'rubbish');
    expect(await post(sampleBody())).toBe(OK);
    expect(fileText()).toBe('rubbish');
    expect(await tableIds()).toEqual([ID]);
    await remove();
    await post(sampleBody());
    expect(fileText()).toContain(VM);
  });

  test(`${profile}: another add leaves the file, and writes it anew if somebody took it away`, async () => {
    await start(profile);
    await post(sampleBody());
    const before = fileText();
    await clock.advance(5000);
    await post(sampleBody(1, { 'instance-id': samplePort(2)['instance-id'], 'display-name': 'new' }));
    expect(fileText()).toBe(before);
    rmSync(pathOf(ID));
    await post(sampleBody(1, { 'display-name': 'newest' }));
    expect(fileText()).toContain('newest');
  });

  test(`${profile}: a delete takes a file that nobody knows, and leaves a folder of that name`, async () => {
    await start(profile);
    writeFileSync(pathOf(ID), '');
    expect(await remove()).toBe(OK);
    expect(portNames()).toEqual([]);
    mkdirSync(pathOf(ID));
    expect(await remove()).toBe(OK);
    expect(await post(sampleBody())).toBe(OK); // there is something of that name
    expect(portNames()).toEqual([ID]);
    expect(await tableIds()).toEqual([ID]);
  });

  test(`${profile}: without a folder to write to nothing is added; only R3.1 says so`, async () => {
    await start(profile);
    renameSync(agent.portsDir, `${agent.portsDir}.away`);
    expect(await post(sampleBody())).toBe(profile === 'r3.1' ? NOT_SAVED : OK);
    expect(await post(`[${sampleBody()}]`)).toBe(profile === 'r3.1' ? NOT_SAVED : OK);
    expect(await tableIds()).toEqual([]);
    renameSync(`${agent.portsDir}.away`, agent.portsDir);
    expect(await post(sampleBody())).toBe(OK);
    expect(await tableIds()).toEqual([ID]);
  });

  test(`${profile}: a file that cannot be removed stays, and the port goes`, async () => {
    await start(profile);
    await post(sampleBody());
    files.failFrom(1, { count: Infinity });
    expect(await remove()).toBe(OK);
    expect(await tableIds()).toEqual([]);
    expect(portNames()).toEqual([ID]);
  });

  test(`${profile}: nothing is ever written outside of the ports folder`, async () => {
    await start(profile);
    const id = `${ID}/../../x`;
    expect(await post(sampleBody(1, { id }))).toMatch(
      profile === 'r3.1' ? /^HTTP\/1\.1 500 OK/ : /^HTTP\/1\.1 200 OK/,
    );
    expect(portNames()).toEqual(profile === 'r3.1' ? [] : [ID]);
    expect(existsSync(join(agent.stateDir, 'x'))).toBe(false);
  });
}

test('R3.1: an array ends at the first port that cannot be saved, with those before it added', async () => {
  await start('r3.1');
  const bodies = [1, 2, 3].map((number) =>
    sampleBody(number, number === 2 ? { id: `${samplePort(2).id}/x` } : {}),
  );
  expect(await post(`[${bodies.join(',')}]`)).toMatch(/^HTTP\/1\.1 500 OK/);
  expect(await tableIds()).toEqual([ID]);
});

test('a disk that fills up while a file is written: only Tungsten Fabric notices', async () => {
  for (const profile of REAL_PROFILES) {
    await start(profile);
    files.failFrom(1, { count: Infinity, moment: 'during' });
    expect(await post(sampleBody()), profile).toBe(OK);
    files.heal();
    expect(await tableIds(), profile).toEqual(profile === 'tf' ? [] : [ID]);
  }
});

test('enable and disable write the file in place, with what is in memory, when the state changes', async () => {
  await start('tf');
  await post(sampleBody());
  await post(sampleBody(1, { 'instance-id': samplePort(2)['instance-id'] }));
  const { ino } = statSync(pathOf(ID));
  const before = fileText();
  await clock.advance(1000);
  await put('disable');
  expect(fileText()).toBe(before);
  await put('enable');
  expect(statSync(pathOf(ID)).ino).toBe(ino);
  const after = fileText();
  expect(after).toContain(samplePort(2)['instance-id']);
  expect(after).toContain('"link-state": 1');
  expect(after).toContain('424716:04:43.065000');
  await clock.advance(1000);
  await put('enable');
  expect(fileText()).toBe(after);
  rmSync(pathOf(ID));
  await put('disable');
  expect(fileText()).toContain('"link-state": 0');
});

test('a state that cannot be written counts in memory all the same', async () => {
  await start('tf');
  await post(sampleBody());
  files.failFrom(1, { count: Infinity });
  expect(await put('enable')).toBe(OK);
  expect((await agent.state()).ports).toMatchObject([{ linkState: 1 }]);
  expect(fileText()).toContain('"link-state": 0');
});
