import { samplePort } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent } from '../../../testing/live-agent.ts';
import { sampleBody } from '../../../testing/real-profiles.ts';
import { nameBasedId } from '../values/name-based-id.ts';

const VM = '502789bb-240a-841f-e24c-1564537218f7';
const VMI = 'fe71b44d-0654-36aa-9841-ab9b78d628c5';
const VN = '6782f6e6-9fca-3c02-a76d-d1f37b7d06a3';
const MADE_UP = nameBasedId(VM, 'interface');
const SUBSCRIPTION = {
  'vm-uuid': VM,
  'vm-name': 'pod-1',
  'host-ifname': 'tap1',
  'vn-uuid': VN,
  'vmi-uuid': VMI,
};

let agent: LiveAgent;
afterEach(() => agent.remove());

async function start(profile: string, configDelivery: string, changes: object = {}): Promise<void> {
  agent = await new LiveAgent({ profile, configDelivery }).start();
  await agent.call('POST', '/vm', { ...SUBSCRIPTION, ...changes });
}

const get = (path: string) => agent.call('GET', path);
const config = (body: object) => agent.admin('/admin/config', 'POST', { delivered: true, ...body });
const statuses = (...paths: readonly string[]): Promise<number[]> =>
  Promise.all(paths.map(async (path) => (await get(path)).status));
const R41_PATHS = [`/vm/${VM}`, `/vm-cfg/${VM}`];
const TF_PATHS = [`/vm/${VM}`, `/vm/${VM}/${VMI}`, '/vm-cfg/pod-1'];

for (const [profile, paths] of [
  ['r4.1', R41_PATHS],
  ['tf', TF_PATHS],
] as const) {
  const nowhere = paths.map(() => 404);
  const everywhere = paths.map(() => 200);

  test(`${profile}: where nothing is delivered, a subscribed VM is unknown`, async () => {
    await start(profile, 'none');
    expect(await statuses(...paths)).toEqual(nowhere);
  });

  test(`${profile}: a subscription to the nil VM brings no configuration`, async () => {
    await start(profile, 'auto', { 'vm-uuid': 'garbage' });
    expect(await statuses(...paths)).toEqual(nowhere);
  });

  test(`${profile}: by hand, a subscribed VM is known from delivery to withdrawal`, async () => {
    await start(profile, 'manual');
    expect(await statuses(...paths)).toEqual(nowhere);
    const id = profile === 'tf' ? VMI : VM;
    await config({ ports: [id] });
    expect(await statuses(...paths)).toEqual(everywhere);
    await config({ ports: [id], delivered: false });
    expect(await statuses(...paths)).toEqual(nowhere);
    await config({ ports: 'all' });
    expect(await statuses(...paths)).toEqual(everywhere);
  });

  test(`${profile}: a VM that is deleted is unknown again; another start knows it again`, async () => {
    await start(profile, 'auto');
    await agent.stop();
    await agent.start();
    expect(await statuses(...paths)).toEqual(everywhere);
    await agent.call('DELETE', `/vm/${VM}`);
    expect(await statuses(...paths)).toEqual(nowhere);
  });
}

test('Tungsten Fabric: no interface, or no network, and there is no configuration', async () => {
  await start('tf', 'auto', { 'vn-uuid': 'garbage' });
  await agent.call('POST', '/vm', { ...SUBSCRIPTION, 'vmi-uuid': 'garbage' });
  expect(await statuses(...TF_PATHS)).toEqual([404, 404, 404]);
});

test('R4.1: the one interface of a subscribed VM is made up, and always the same', async () => {
  await start('r4.1', 'auto');
  const network = nameBasedId(VM, 'network');
  const { body } = await get(`/vm/${VM}`);
  expect(body).toEqual({
    id: MADE_UP,
    'instance-id': VM,
    'ip-address': expect.stringMatching(/^10\.\d+\.\d+\.\d+$/),
    plen: 24,
    'ip6-address': '::',
    'vn-id': network,
    'vm-project-id': '00000000-0000-0000-0000-000000000000',
    'mac-address': expect.stringMatching(/^02(:[0-9a-f]{2}){5}$/),
    'system-name': 'tap1',
    'rx-vlan-id': 65535,
    'tx-vlan-id': 65535,
    'vhostuser-mode': 0,
    'dns-server': expect.stringMatching(/^10\.\d+\.\d+\.2$/),
    gateway: expect.stringMatching(/^10\.\d+\.\d+\.1$/),
    author: '/usr/bin/contrail-vrouter-agent',
    time: expect.any(String),
  });
  expect((await get(`/vm-cfg/${VM}`)).body).toEqual({
    id: MADE_UP,
    'instance-id': VM,
    'vn-id': network,
    'mac-address': (body as Record<string, unknown>)['mac-address'],
    'sub-interface': false,
    'vlan-id': 65535,
  });
});

test('R4.1: an operator says what a subscribed VM is told by the id of the VM', async () => {
  await start('r4.1', 'auto');
  await config({ ports: [VM], config: { ip: '10.1.1.9', annotations: ['{index:0/1}'] } });
  expect((await get(`/vm/${VM}`)).body).toMatchObject({ id: MADE_UP, 'ip-address': '10.1.1.9' });
  expect((await get(`/vm-cfg/${VM}`)).body).toMatchObject({ annotations: ['{index:0/1}'] });
});

test('R4.1: where ports of the VM are there, they are its interfaces', async () => {
  await start('r4.1', 'auto');
  await agent.call('POST', '/port', sampleBody(1, { 'instance-id': VM }));
  expect((await get(`/vm/${VM}`)).body).toMatchObject({ id: samplePort(1).id });
  await config({ ports: [samplePort(1).id], delivered: false });
  expect(await statuses(...R41_PATHS)).toEqual([404, 404]);
});

test('Tungsten Fabric: interfaces of one network share its subnet, and what is a port is told once', async () => {
  await start('tf', 'auto');
  const second = samplePort(2).id;
  await agent.call('POST', '/vm', { ...SUBSCRIPTION, 'vmi-uuid': second });
  const list = (await get(`/vm/${VM}`)).body as Record<string, unknown>[];
  expect(list.map(({ id }) => id)).toEqual([second, VMI].toSorted());
  expect(new Set(list.map((one) => one['gateway'])).size).toBe(1);
  expect(new Set(list.map((one) => one['ip-address'])).size).toBe(2);
  expect((await get('/vm-cfg/pod-1')).body).toMatchObject([
    { 'vm-uuid': VM, 'vn-id': VN, 'vn-name': `default-domain:default-project:${VN}` },
    { 'vm-uuid': VM },
  ]);
  await agent.call('POST', '/port', sampleBody(2, { 'instance-id': VM, 'vn-id': VN }));
  expect((await get(`/vm/${VM}`)).body).toHaveLength(2);
  expect((await get(`/vm/${VM}/${second}`)).body).toMatchObject([{ 'ip-address': '10.0.0.2' }]);
});
