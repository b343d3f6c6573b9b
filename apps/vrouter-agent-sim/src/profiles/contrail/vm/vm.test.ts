import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manualClock, samplePort, waitFor } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent } from '../../../testing/live-agent.ts';
import { RawClient, realAnswer } from '../../../testing/raw-client.ts';
import { sampleBody } from '../../../testing/real-profiles.ts';
import { jsonString } from '../json/write.ts';

const OK = realAnswer(200, '{}');
const NOT_FOUND = realAnswer(404, '{"error":"{ Not Found }"}');
const PORT = samplePort(1);
const { id: VMI, 'instance-id': VM, 'vn-id': VN } = PORT;
const SUBSCRIPTION = {
  'vm-uuid': VM,
  'vm-name': 'pod-1',
  'host-ifname': 'tap1',
  'vn-uuid': VN,
  'vmi-uuid': VMI,
  'vm-id': 'c1',
};
const refused = (message: string): string => realAnswer(500, `{"error":${jsonString(`{ ${message} }`)}}`);

let agent: LiveAgent;
let client: RawClient;
let clock: ReturnType<typeof manualClock>;
afterEach(async () => {
  client.close();
  await agent.remove();
});

async function start(profile: string, settings: Record<string, unknown> = {}): Promise<void> {
  clock = manualClock(1_528_977_882_065);
  agent = new LiveAgent({ profile, clock, interfaceExists: (name) => name === 'tap1', ...settings });
  await restart();
}

async function restart(): Promise<void> {
  await agent.stop();
  await agent.start();
  client = new RawClient(agent.url);
}

const subscribe = (changes: object = {}): Promise<string> =>
  client.request('POST', '/vm', JSON.stringify({ ...SUBSCRIPTION, ...changes }));
const vmPath = (...names: string[]): string => join(agent.portsDir, 'vm', ...names);
const deliver = (body: object): Promise<unknown> =>
  agent.admin('/admin/config', 'POST', { ports: [VMI], delivered: true, ...body });

test('R3.1 knows no VMs', async () => {
  await start('r3.1');
  expect(await subscribe()).toBe(realAnswer(404, '{"error":"Unknown Request"}'));
});

for (const [profile, order] of [
  ['r4.1', ['vm-uuid', 'vm-name', 'host-ifname']],
  ['tf', ['vm-uuid', 'host-ifname', 'vm-name', 'vn-uuid', 'vmi-uuid']],
] as const) {
  test(`${profile}: what a subscription lacks is told, the first of it`, async () => {
    await start(profile);
    const missing: Record<string, undefined> = {};
    for (const name of order.toReversed()) {
      missing[name] = undefined;
      const kind = name.endsWith('uuid') ? 'data' : 'field';
      expect(await subscribe(missing)).toBe(refused(`Invalid or missing ${kind} for <${name}>`));
    }
    const post = (body: string): Promise<string> => client.request('POST', '/vm', body);
    expect(await post('[]')).toBe(refused('Unexpected Json string ==> []'));
    expect(await post('x')).toBe(refused('Invalid Json string ==> x'));
    expect(readdirSync(vmPath())).toEqual([]);
  });

  test(`${profile}: an unknown VM is not found, and deleting it is a success`, async () => {
    await start(profile);
    expect(await client.request('GET', `/vm/${VM}`)).toBe(NOT_FOUND);
    expect(await client.request('DELETE', `/vm/${VM}`)).toBe(OK);
    expect(await client.request('GET', `/vm-cfg/${VM}`)).toBe(NOT_FOUND);
  });

  test(`${profile}: a name that leads out of the folder is not taken, and nobody is told`, async () => {
    await start(profile);
    expect(await subscribe({ 'vm-uuid': VM, 'vm-name': '../../x' })).toBe(OK);
    expect(existsSync(join(agent.stateDir, 'x'))).toBe(false);
  });
}

const fileText = (ids: string): string => `{
    "vm-uuid": "${VM}",
${ids}    "vm-id": "c1",
    "vm-name": "pod-1",
    "host-ifname": "tap1",
    "vm-ifname": "",
    "vm-namespace": "",
    "author": "/usr/bin/contrail-vrouter-agent",
    "time": "424716:04:42.065000"
}`;

test('R4.1: a VM has one file, which a delete takes away', async () => {
  await start('r4.1');
  expect(await subscribe()).toBe(OK);
  expect(readFileSync(vmPath(VM), 'utf8')).toBe(fileText(''));
  await clock.advance(1000);
  expect(await subscribe({ 'vm-name': 'new' })).toBe(OK);
  expect(readFileSync(vmPath(VM), 'utf8')).toBe(fileText(''));
  expect(await client.request('DELETE', `/vm/${VM}`)).toBe(OK);
  expect(readdirSync(vmPath())).toEqual([]);
});

test('Tungsten Fabric: an interface has a file by the name of its VM, which no delete ever finds', async () => {
  await start('tf');
  expect(await subscribe()).toBe(OK);
  const path = vmPath('pod-1', VMI);
  expect(readFileSync(path, 'utf8')).toBe(fileText(`    "vn-uuid": "${VN}",\n    "vmi-uuid": "${VMI}",\n`));
  await deliver({ config: { ip: '10.0.0.5' } });
  expect(await client.request('GET', `/vm/${VM}`)).toContain('200 OK');
  expect(await client.request('DELETE', `/vm/${VM}`)).toBe(OK);
  expect(await client.request('GET', `/vm/${VM}`)).toBe(NOT_FOUND);
  expect(existsSync(path)).toBe(true);
  await restart();
  await deliver({ config: { ip: '10.0.0.5' } });
  expect(await client.request('GET', `/vm/${VM}`)).toContain('200 OK');
});

test('Tungsten Fabric: until the control node has told of a VM, a delete does nothing', async () => {
  await start('tf', { configDelivery: 'manual' });
  await subscribe();
  expect(await client.request('DELETE', `/vm/${VM}`)).toBe(OK);
  await deliver({ config: { ip: '10.0.0.5' } });
  expect(await client.request('GET', `/vm/${VM}`)).toContain('200 OK');
});

test('a sweep takes subscriptions that nobody added again', async () => {
  const other = { 'vm-uuid': samplePort(2)['instance-id'], 'vmi-uuid': samplePort(2).id };
  await start('r4.1');
  await subscribe();
  await subscribe(other);
  await client.request('POST', '/syncports');
  await subscribe(other);
  await clock.advance(60_000);
  await waitFor(() => !existsSync(vmPath(VM)), { what: 'the file to go' });
  expect(readdirSync(vmPath())).toEqual([other['vm-uuid']]);
});

test('files of subscriptions are read at the start, where their interface is there', async () => {
  await start('r4.1');
  await client.request('POST', '/syncports');
  writeFileSync(vmPath(VM), JSON.stringify(SUBSCRIPTION));
  writeFileSync(
    vmPath(samplePort(2)['instance-id']),
    JSON.stringify({ ...SUBSCRIPTION, 'host-ifname': 'gone' }),
  );
  writeFileSync(vmPath(samplePort(3)['instance-id']), '[');
  mkdirSync(vmPath('folder'));
  await restart();
  await client.request('POST', '/syncports');
  await clock.advance(60_000);
  await waitFor(() => !existsSync(vmPath(VM)), { what: 'the sweep of the one that was loaded' });
  expect(readdirSync(vmPath())).toHaveLength(3);
});

test('R4.1: a VM is told as its one interface', async () => {
  await start('r4.1');
  await client.request('POST', '/port', sampleBody(1, { 'display-name': 'pod-1' }));
  const port = await client.request('GET', `/port/${VMI}`);
  expect(await client.request('GET', `/vm/${VM}`)).toBe(port);
  expect(await client.request('GET', `/vm/${VM}/${VMI}`)).toContain('Unknown Request');
  expect(await client.request('GET', `/vm-cfg/${VM}`)).toBe(
    realAnswer(
      200,
      `{
    "id": "${VMI}",
    "instance-id": "${VM}",
    "vn-id": "${VN}",
    "mac-address": "00:50:00:00:00:01",
    "sub-interface": false,
    "vlan-id": 65535
}`,
    ),
  );
});

test('Tungsten Fabric: a VM is told as the list of its interfaces, all or none', async () => {
  await start('tf');
  const second = { 'instance-id': VM, 'display-name': 'pod-1' };
  await client.request(
    'POST',
    '/port',
    `[${sampleBody(2, second)},${sampleBody(1, { 'display-name': 'pod-1' })}]`,
  );
  const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);
  const [one, two] = [
    bodyOf(await client.request('GET', `/port/${VMI}`)),
    bodyOf(await client.request('GET', `/port/${samplePort(2).id}`)),
  ];
  expect(await client.request('GET', `/vm/${VM}`)).toBe(realAnswer(200, `[${one},${two}]`));
  expect(await client.request('GET', `/vm/${samplePort(9).id}/${VMI}`)).toBe(realAnswer(200, `[${one}]`));
  expect(await client.request('GET', `/vm/${VM}/${samplePort(9).id}`)).toBe(NOT_FOUND);
  await deliver({ ports: [samplePort(2).id], config: { ip: '0.0.0.0' } });
  expect(await client.request('GET', `/vm/${VM}`)).toBe(NOT_FOUND);
});

test('Tungsten Fabric: the configuration of a VM is asked for by its name', async () => {
  await start('tf');
  await client.request('POST', '/port', sampleBody(1, { 'display-name': 'pod/1' }));
  await deliver({ config: { vnName: 'a:b:blue', annotations: ['{index:0/1}', '{x:y}'] } });
  expect(await client.request('GET', '/vm-cfg/pod/1')).toBe(
    realAnswer(
      200,
      `[{
    "id": "${VMI}",
    "vm-uuid": "${VM}",
    "vn-id": "${VN}",
    "vn-name": "a:b:blue",
    "mac-address": "00:50:00:00:00:01",
    "sub-interface": false,
    "vlan-id": 65535,
    "annotations": [
        "{index:0/1}",
        "{x:y}"
    ]
}]`,
    ),
  );
  expect(await client.request('GET', `/vm-cfg/${VM}`)).toBe(NOT_FOUND);
  expect(await client.request('GET', '/vm-cfg/')).toBe(NOT_FOUND);
});
