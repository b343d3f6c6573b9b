import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { manualClock, samplePort } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent } from '../testing/live-agent.ts';

const [A, B] = [samplePort(1), samplePort(2)];
const VM = A['instance-id'];
const SUBSCRIPTION = {
  'vm-uuid': VM,
  'vm-name': 'pod-1',
  'host-ifname': 'tap1',
  'vn-uuid': A['vn-id'],
  'vmi-uuid': A.id,
};

let agent: LiveAgent;
afterEach(() => agent.remove());

const snapshot = async (): Promise<unknown> => (await agent.admin('/admin/snapshot')).body;
const load = (body: unknown) => agent.admin('/admin/snapshot', 'PUT', body);
const vmFiles = (): string[] =>
  readdirSync(join(agent.portsDir, 'vm'), { recursive: true, encoding: 'utf8' }).toSorted();

for (const profile of ['r4.1', 'tf'] as const) {
  test(`${profile}: a world comes back with subscriptions, with what was configured, and with ports of any kind`, async () => {
    agent = await new LiveAgent({ profile, clock: manualClock(1_528_977_882_065) }).start();
    await agent.call('POST', '/port', [
      { ...A, 'rx-vlan-id': -1, 'tx-vlan-id': -1, 'mac-address': ' 2:1:3:4:5:6' },
      { ...B, id: 'garbage' },
    ]);
    await agent.call('POST', '/syncports');
    await agent.call('POST', '/vm', SUBSCRIPTION);
    const config = { plen: 28, annotations: ['{a:b}'] };
    await agent.admin('/admin/config', 'POST', { ports: [A.id], delivered: true, config });
    await agent.admin('/admin/config', 'POST', { ports: [B.id], delivered: false });
    const before = await snapshot();
    const [files, answer] = [vmFiles(), await agent.call('GET', `/port/${A.id}`)];
    expect(before).toMatchObject({
      ports: [{ port: { id: '00000000-0000-0000-0000-000000000000' } }, { port: { 'rx-vlan-id': 65_535 } }],
      subscriptions: [{ vmId: VM, generation: 1 }],
      config: { isDeliveredToAll: true, ports: { [A.id]: config, [B.id]: 'missing' } },
    });

    expect(await agent.admin('/admin/reset', 'POST')).toMatchObject({ status: 200 });
    expect(await snapshot()).toEqual({
      format: 1,
      generation: 0,
      deadlines: [],
      ports: [],
      subscriptions: [],
      config: { isDeliveredToAll: true, ports: {} },
    });
    expect(vmFiles().filter((name) => name.includes(VM) || name.includes(A.id))).toEqual([]);

    expect(await load(before)).toEqual({ status: 200, body: {} });
    expect(await snapshot()).toEqual(before);
    expect(vmFiles()).toEqual(files);
    expect(await agent.call('GET', `/port/${A.id}`)).toEqual(answer);
  });

  test(`${profile}: what a sweep takes of subscriptions is gone when setting the clock is answered`, async () => {
    agent = await new LiveAgent({ profile }).start();
    await agent.admin('/admin/clock', 'POST', { freeze: true });
    await agent.admin('/admin/config', 'POST', { ports: [A.id], delivered: true });
    await agent.call('POST', '/vm', SUBSCRIPTION);
    await agent.call('POST', '/syncports');
    await agent.admin('/admin/clock', 'POST', { advanceMs: 60_000 });
    expect(await snapshot()).toMatchObject({ subscriptions: [] });
    expect(existsSync(join(agent.portsDir, 'vm', VM))).toBe(false);
  });
}

const EMPTY = { format: 1, generation: 0, deadlines: [], ports: [] };

test('ports that a profile cannot hold are refused, and named', async () => {
  agent = await new LiveAgent({ profile: 'tf' }).start();
  const portWith = (changes: object) => ({ generation: 0, port: { ...A, 'link-state': 0, ...changes } });
  expect(await load({ ...EMPTY, ports: [portWith({ 'rx-vlan-id': 65_536 })] })).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/element 0: rx-vlan-id/) },
  });
  await agent.remove();
  agent = await new LiveAgent().start();
  await agent.call('POST', '/port', B);
  for (const changes of [{ 'tx-vlan-id': 65_534 }, { 'mac-address': 'x' }]) {
    expect(await load({ ...EMPTY, ports: [portWith(changes)] })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining(`element 0: ${Object.keys(changes)[0]}`) },
    });
  }
  expect((await agent.state()).ports).toMatchObject([{ id: B.id }]);
});

/** What an agent of `profile` holds after a port without VLANs, a sync and, where there are any, a subscription. */
async function worldOf(profile: string): Promise<unknown> {
  agent = await new LiveAgent({ profile }).start();
  await agent.call('POST', '/port', { ...A, 'rx-vlan-id': -1, 'tx-vlan-id': -1 });
  await agent.call('POST', '/syncports');
  await agent.call('POST', '/vm', SUBSCRIPTION);
  const world = await snapshot();
  await agent.remove();
  return world;
}

const LEFT_OUT = ['subscriptions', 'config'].map((key) => ({
  key,
  reason: expect.stringContaining('this profile'),
}));

for (const [from, to, leftOut] of [
  ['tf', 'blueprint', LEFT_OUT],
  ['r4.1', 'r3.1', LEFT_OUT],
  ['r4.1', 'tf', undefined],
  ['r3.1', 'blueprint', undefined],
  ['blueprint', 'tf', undefined],
] as const) {
  test(`a snapshot of ${from} is loaded in ${to}, which says what it leaves out`, async () => {
    const world = await worldOf(from);
    agent = await new LiveAgent({ profile: to }).start();
    expect(await load(world)).toEqual({ status: 200, body: leftOut === undefined ? {} : { leftOut } });
    const none = to === 'blueprint' ? -1 : 65_535;
    const { ports, generation } = await agent.state();
    expect(generation).toBe(1);
    expect(ports).toMatchObject([
      { id: A.id, seen: false, port: { 'rx-vlan-id': none, 'tx-vlan-id': none } },
    ]);
  });
}
