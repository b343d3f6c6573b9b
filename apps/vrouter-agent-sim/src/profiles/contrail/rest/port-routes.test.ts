import { NIL_GUID } from '@vrouter/port-model';
import { manualClock, samplePort, waitFor } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent } from '../../../testing/live-agent.ts';
import { RawClient, realAnswer } from '../../../testing/raw-client.ts';
import { REAL_PROFILES, sampleBody } from '../../../testing/real-profiles.ts';

const { id: ID } = samplePort(1);
const OK = realAnswer(200, '{}');
const NOT_FOUND = realAnswer(404, '{"error":"{ Not Found }"}');
const UNKNOWN = realAnswer(404, '{"error":"Unknown Request"}');

let agent: LiveAgent;
let client: RawClient;
afterEach(async () => end());

/** Of the agent that a test has started, if any. */
let end: () => void | Promise<void> = () => undefined;

async function start(profile: string, settings: Record<string, unknown> = {}): Promise<void> {
  await end();
  // 1528977882.065 s: a time whose text is known
  agent = await new LiveAgent({ profile, clock: manualClock(1_528_977_882_065), ...settings }).start();
  client = new RawClient(agent.url);
  end = async () => {
    client.close();
    await agent.remove();
  };
}

async function add(body: string): Promise<void> {
  expect(await client.request('POST', '/port', body)).toBe(OK);
}

for (const profile of REAL_PROFILES) {
  test(`${profile}: an unknown port is not found, and deleting it is a success every time`, async () => {
    await start(profile);
    expect(await client.request('GET', `/port/${ID}`)).toBe(NOT_FOUND);
    expect(await client.request('GET', `/port/${NIL_GUID}`)).toBe(NOT_FOUND);
    for (let round = 0; round < 2; round += 1) expect(await client.request('DELETE', `/port/${ID}`)).toBe(OK);
  });

  test(`${profile}: a known port changes in nothing when it is added again`, async () => {
    await start(profile);
    await add(sampleBody(1));
    const before = await agent.state();
    const changes = {
      'ip-address': '10.9.9.9',
      'tx-vlan-id': 7,
      'display-name': 'new',
      'link-state': 1,
      type: 1,
    };
    await add(sampleBody(1, changes));
    expect(await agent.state()).toEqual(before);
  });

  test(`${profile}: a sync ages all but type 1, adds and only they make young again, each sync has its own deadline`, async () => {
    const clock = manualClock(1_000_000);
    await start(profile, { clock, staleTimeout: 60 });
    for (const number of [1, 2, 3, 4]) await add(sampleBody(number, number === 4 ? { type: 1 } : {}));
    await client.request('POST', '/syncports', 'any {body');
    await add(sampleBody(1));
    await add(sampleBody(2));
    await clock.advance(30_000);
    await client.request('POST', '/syncports');
    await add(sampleBody(2));
    const ids = async (): Promise<string[]> => (await agent.state()).ports.map((port) => port.id);
    const idOf = (number: number): string => samplePort(number).id;
    expect(await ids()).toEqual([1, 2, 3, 4].map(idOf));
    await clock.advance(30_000);
    await waitFor(async () => (await ids()).length === 3, { what: 'the first sweep' });
    expect(await ids()).toEqual([1, 2, 4].map(idOf));
    await clock.advance(30_000);
    await waitFor(async () => (await ids()).length === 2, { what: 'the second sweep' });
    expect(await ids()).toEqual([2, 4].map(idOf));
  });
}

test('the nil port: R3.1 refuses to delete it, later releases say yes and do nothing', async () => {
  await start('r3.1');
  expect(await client.request('DELETE', `/port/${NIL_GUID}`)).toBe(
    realAnswer(500, `{"error":"{Invalid port uuid ${NIL_GUID}}"}`),
  );
  await start('tf');
  await add(sampleBody(1, { id: 'x' }));
  expect(await client.request('DELETE', `/port/${NIL_GUID}`)).toBe(OK);
  expect((await agent.state()).ports.map((port) => port.id)).toEqual([NIL_GUID]);
  expect(await client.request('GET', `/port/${NIL_GUID}`)).toBe(NOT_FOUND);
  expect(await client.request('PUT', `/enable-port/${NIL_GUID}`)).toBe(
    realAnswer(500, `{"error":"{Port Not found ${NIL_GUID}}"}`),
  );
});

test('a port that is added for another VM replaces the known one, except in R3.1', async () => {
  for (const [profile, isReplaced] of [
    ['r3.1', false],
    ['r4.1', true],
    ['tf', true],
  ] as const) {
    await start(profile);
    await add(sampleBody(1));
    await add(sampleBody(1, { 'instance-id': samplePort(2)['instance-id'], 'tx-vlan-id': 7 }));
    const [port] = (await agent.state()).ports;
    expect(port?.port['tx-vlan-id'], profile).toBe(isReplaced ? 7 : 100);
  }
});

test('R3.1: GET tells in one line what the table holds, and escapes nothing', async () => {
  await start('r3.1');
  await add(
    sampleBody(1, {
      'display-name': 'a"b',
      'vm-project-id': '',
      'rx-vlan-id': -1,
      'ip6-address': 'FD11::3',
      'tx-vlan-id': -1,
    }),
  );
  const { 'instance-id': vm } = samplePort(1);
  expect(await client.request('GET', `/port/${ID}`)).toBe(
    realAnswer(
      200,
      `{"id": "${ID}", "instance-id": "${vm}", "ip-address": "10.0.0.1", "ip6-address": "fd11::3", ` +
        `"vn-id": "6782f6e6-9fca-3c02-a76d-d1f37b7d06a3", "display-name": "a"b", "vm-project-id": "${NIL_GUID}", ` +
        `"mac-address": "00:50:00:00:00:01", "system-name": "${ID}", "type": 2, "rx-vlan-id": 65535, "tx-vlan-id": 65535}`,
    ),
  );
});

test('R4.1: GET tells the interface, not what was added', async () => {
  await start('r4.1');
  await add(sampleBody(1, { 'mac-address': 'A:B:C:D:E:F', 'display-name': 'never shown' }));
  expect(await client.request('GET', `/port/${ID}`)).toBe(
    realAnswer(
      200,
      `{
    "id": "${ID}",
    "instance-id": "${samplePort(1)['instance-id']}",
    "ip-address": "10.0.0.1",
    "plen": 24,
    "ip6-address": "::",
    "vn-id": "6782f6e6-9fca-3c02-a76d-d1f37b7d06a3",
    "vm-project-id": "9970147c-33b1-4bf7-8944-8968e708d430",
    "mac-address": "0a:0b:0c:0d:0e:0f",
    "system-name": "${ID}",
    "rx-vlan-id": 101,
    "tx-vlan-id": 100,
    "vhostuser-mode": 0,
    "dns-server": "10.0.0.2",
    "gateway": "10.0.0.1",
    "author": "/usr/bin/contrail-vrouter-agent",
    "time": "424716:04:42.065000"
}`,
    ),
  );
  await add(sampleBody(2, { 'ip-address': 'None', 'ip6-address': 'fd11::3' }));
  expect(await client.request('GET', `/port/${samplePort(2).id}`)).toBe(NOT_FOUND); // no IPv4 subnet
});

test('Tungsten Fabric: GET tells what each subnet holds, and nothing where there is none', async () => {
  await start('tf');
  const before = (number: number): string =>
    `{
    "id": "${samplePort(number).id}",
    "instance-id": "${samplePort(number)['instance-id']}",
    "vn-id": "6782f6e6-9fca-3c02-a76d-d1f37b7d06a3",
    "vm-project-id": "9970147c-33b1-4bf7-8944-8968e708d430",
    "mac-address": "00:50:00:00:00:0${number}",
    "system-name": "${samplePort(number).id}",
    "rx-vlan-id": 101,
    "tx-vlan-id": 100,
    "vhostuser-mode": 3,
`;
  const v4 = `    "ip-address": "10.0.0.1",
    "plen": 24,
    "dns-server": "10.0.0.2",
    "gateway": "10.0.0.1",
`;
  const v6 = `    "v6-ip-address": "fd11::3",
    "v6-dns-server": "fd11::2",
    "v6-gateway": "fd11::1",
`;
  const after = `    "author": "/usr/bin/contrail-vrouter-agent",
    "time": "424716:04:42.065000"
}`;
  const common = { 'vhostuser-mode': 3 };
  await add(sampleBody(1, common));
  await add(sampleBody(2, { ...common, 'ip-address': 'None', 'ip6-address': 'fd11::3' }));
  await add(sampleBody(3, { ...common, 'ip-address': '10.0.0.1', 'ip6-address': 'fd11::3' }));
  await add(sampleBody(4, { 'ip-address': 'None' }));
  const get = (number: number): Promise<string> => client.request('GET', `/port/${samplePort(number).id}`);
  expect(await get(1)).toBe(realAnswer(200, before(1) + v4 + after));
  expect(await get(2)).toBe(realAnswer(200, before(2) + v6 + after));
  expect(await get(3)).toBe(realAnswer(200, before(3) + v4 + v6 + after));
  expect(await get(4)).toBe(NOT_FOUND);
});

test('enable and disable came with R5.0', async () => {
  for (const profile of ['r3.1', 'r4.1']) {
    await start(profile);
    await add(sampleBody(1));
    for (const kind of ['enable', 'disable'])
      expect(await client.request('PUT', `/${kind}-port/${ID}`), profile).toBe(UNKNOWN);
    expect((await agent.state()).ports).toMatchObject([{ linkState: 1 }]); // up from the start
  }
});

test('Tungsten Fabric: only ports of type 2 are enabled and disabled, as often as one likes', async () => {
  await start('tf');
  const put = (kind: string, number: number): Promise<string> =>
    client.request('PUT', `/${kind}-port/${samplePort(number).id}`, 'any body');
  const linkState = async (): Promise<number | undefined> => (await agent.state()).ports[0]?.linkState;
  for (const kind of ['enable', 'disable']) {
    expect(await put(kind, 1)).toBe(realAnswer(500, `{"error":"{Port Not found ${ID}}"}`));
  }
  await add(`[${sampleBody(1)},${sampleBody(2, { type: 0 })},${sampleBody(3, { type: 1 })}]`);
  for (const number of [2, 3]) {
    expect(await put('disable', number)).toBe(
      realAnswer(500, `{"error":"{Incorrect Port type for ${samplePort(number).id}}"}`),
    );
  }
  expect(await linkState()).toBe(0);
  for (const [kind, state] of [
    ['enable', 1],
    ['enable', 1],
    ['disable', 0],
    ['disable', 0],
  ] as const) {
    expect(await put(kind, 1)).toBe(OK);
    expect(await linkState()).toBe(state);
  }
});

test('Tungsten Fabric: the link state of a new port may come with it', async () => {
  await start('tf');
  for (const [number, wanted] of [1, 0, 256, 257, 5].entries())
    await add(sampleBody(number + 1, { 'link-state': wanted }));
  const { ports } = await agent.state();
  expect(ports.map((port) => port.linkState)).toEqual([1, 0, 0, 1, 1]);
});
