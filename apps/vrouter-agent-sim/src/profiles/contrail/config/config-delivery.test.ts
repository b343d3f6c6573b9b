import { samplePort } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent, type Answer } from '../../../testing/live-agent.ts';
import { sampleBody } from '../../../testing/real-profiles.ts';
import { portConfigOf } from './port-config.ts';

const { id: ID } = samplePort(1);

let agent: LiveAgent;
afterEach(() => agent.remove());

async function start(profile: string, configDelivery: string): Promise<void> {
  agent = await new LiveAgent({ profile, configDelivery }).start();
  for (const number of [1, 2]) await agent.call('POST', '/port', sampleBody(number));
}

const statusOf = async (number = 1): Promise<number> =>
  (await agent.call('GET', `/port/${samplePort(number).id}`)).status;
const config = (body: unknown): Promise<Answer> => agent.admin('/admin/config', 'POST', body);

test('nothing is ever delivered where it was so asked for', async () => {
  await start('tf', 'none');
  expect(await statusOf()).toBe(404);
  expect(await config({ ports: 'all', delivered: true })).toMatchObject({ status: 409 });
  expect(await statusOf()).toBe(404);
});

test('profiles without configuration say so', async () => {
  for (const profile of ['blueprint', 'r3.1']) {
    await start(profile, 'manual');
    expect(await config({ ports: 'all', delivered: false })).toEqual({
      status: 409,
      body: {
        error: expect.stringMatching(/know no configuration.*Nothing was changed.*--profile r4\.1 or tf/),
      },
    });
    expect(await statusOf()).toBe(200);
    if (profile === 'blueprint') await agent.remove();
  }
});

test('requests that make no sense are refused and change nothing', async () => {
  await start('tf', 'manual');
  const bad = [
    { ports: 'some', delivered: true },
    { ports: ['x'], delivered: true },
    { ports: [ID] },
    { ports: [ID], delivered: true, config: { ip: '10.0.0' } },
    { ports: [ID], delivered: true, more: 1 },
    'x',
  ];
  for (const body of bad) expect((await config(body)).status, JSON.stringify(body)).toBe(400);
  expect((await agent.admin('/admin/config', 'POST')).status).toBe(400);
  expect(await statusOf()).toBe(404);
});

for (const profile of ['r4.1', 'tf']) {
  test(`${profile}: GET knows a port from the moment its configuration is there, until it is gone`, async () => {
    await start(profile, 'manual');
    expect([await statusOf(1), await statusOf(2)]).toEqual([404, 404]);
    expect(await config({ ports: [ID.toUpperCase()], delivered: true })).toEqual({ status: 200, body: {} });
    expect([await statusOf(1), await statusOf(2)]).toEqual([200, 404]);
    await config({ ports: 'all', delivered: true });
    expect([await statusOf(1), await statusOf(2)]).toEqual([200, 200]);
    await config({ ports: [ID], delivered: false });
    expect([await statusOf(1), await statusOf(2)]).toEqual([404, 200]);
    await agent.stop();
    await agent.start();
    expect([await statusOf(1), await statusOf(2)]).toEqual([404, 404]);
  });

  test(`${profile}: a port of no VM or no network has no configuration`, async () => {
    await start(profile, 'auto');
    expect(await statusOf()).toBe(200);
    await agent.call('POST', '/port', sampleBody(3, { 'instance-id': 'x' }));
    await agent.call('POST', '/port', sampleBody(4, { 'vn-id': 'x' }));
    expect([await statusOf(3), await statusOf(4)]).toEqual([404, 404]);
  });

  test(`${profile}: an operator may say what the control node says`, async () => {
    await start(profile, 'auto');
    await config({
      ports: [ID],
      delivered: true,
      config: { ip: '10.1.1.1', plen: 28, gateway: '10.1.1.14' },
    });
    expect((await agent.call('GET', `/port/${ID}`)).body).toMatchObject({
      'ip-address': '10.1.1.1',
      plen: 28,
      gateway: '10.1.1.14',
      'dns-server': '10.0.0.2',
    });
  });
}

test('R3.1 needs no configuration, and says nothing of it', async () => {
  await start('r3.1', 'none');
  const response = await fetch(`${agent.url}/port/${ID}`);
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('"type": 2')]);
});

test('subnets are made up around any address', () => {
  const port = samplePort(1);
  const gateways = ['fd11::3', '1:2:3:4:5:6:7:8', '::1', '::ffff:10.0.0.1', '1::'].map(
    (ip6) => portConfigOf({ ...port, 'ip6-address': ip6 }).gateway6,
  );
  expect(gateways).toEqual(['fd11::1', '1:2:3:4::1', '::1', '::1', '1::1']);
});
