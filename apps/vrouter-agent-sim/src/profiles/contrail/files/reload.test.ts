import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NIL_GUID } from '@vrouter/port-model';
import { manualClock, samplePort } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent, type LiveAgentOptions } from '../../../testing/live-agent.ts';
import { RawClient, realAnswer } from '../../../testing/raw-client.ts';
import { REAL_PROFILES, sampleBody } from '../../../testing/real-profiles.ts';

const OK = realAnswer(200, '{}');
const idOf = (number: number): string => samplePort(number).id;

let agent: LiveAgent;
afterEach(() => agent.remove());

function create(profile: string, options: LiveAgentOptions = {}): LiveAgent {
  agent = new LiveAgent({ profile, interfaceExists: (name) => name === 'tap1', ...options });
  return agent;
}

const write = (name: string, text: string): void => writeFileSync(join(agent.portsDir, name), text);
const tableIds = async (): Promise<string[]> => (await agent.state()).ports.map((port) => port.id);

/** What the helper script of the real agent leaves. */
const scriptFile = (number: number): string =>
  JSON.stringify({
    ...samplePort(number),
    author: '/usr/bin/vrouter-port-control',
    time: '2018-06-14 12:04:42',
  })
    .replaceAll('":', '": ')
    .replaceAll(',"', ', "');

for (const profile of REAL_PROFILES) {
  test(`${profile}: files that make no sense stay, and the others are loaded`, async () => {
    create(profile);
    write(idOf(1), scriptFile(1));
    const bad: Record<string, string> = {
      [idOf(2)]: '',
      [idOf(3)]: scriptFile(3).slice(0, 100),
      [idOf(4)]: `${scriptFile(4)} trailing`,
      [idOf(5)]: '5',
      [idOf(6)]: sampleBody(6, { 'mac-address': 'none' }),
      [NIL_GUID]: scriptFile(7),
      README: scriptFile(7),
      [`.${idOf(8)}`]: scriptFile(8),
    };
    for (const [name, text] of Object.entries(bad)) write(name, text);
    mkdirSync(join(agent.portsDir, idOf(9)));
    symlinkSync('nowhere', join(agent.portsDir, idOf(10)));
    await agent.start();
    expect(await tableIds()).toEqual([idOf(1)]);
    for (const [name, text] of Object.entries(bad))
      expect(readFileSync(join(agent.portsDir, name), 'utf8')).toBe(text);
    expect(readdirSync(agent.stateDir)).not.toContain('set-aside');
  });

  test(`${profile}: a file is known by the id in it, whatever its name begins or ends with`, async () => {
    create(profile);
    write(`${idOf(1)}.tmp`, scriptFile(1));
    write(idOf(2).toUpperCase(), scriptFile(2));
    write(idOf(3), scriptFile(4));
    write(idOf(5), `[${scriptFile(6)},\n${scriptFile(7)}]`);
    symlinkSync(join(agent.portsDir, `${idOf(1)}.tmp`), join(agent.portsDir, idOf(8)));
    const names = readdirSync(agent.portsDir);
    await agent.start();
    expect(await tableIds()).toEqual([1, 2, 4, 6, 7].map(idOf));
    const client = new RawClient(agent.url);
    expect(await client.request('DELETE', `/port/${idOf(4)}`)).toBe(OK);
    client.close();
    expect(readdirSync(agent.portsDir).filter((name) => name !== 'vm')).toEqual(names);
  });

  test(`${profile}: interfaces of types 0 and 1 must be there; type 2 is not asked for one`, async () => {
    create(profile);
    const changes = (type: number, name: string): Record<string, unknown> => ({ type, 'system-name': name });
    write(idOf(1), sampleBody(1, changes(0, 'tap1')));
    write(idOf(2), sampleBody(2, changes(1, 'tap1')));
    write(idOf(3), sampleBody(3, changes(0, 'gone')));
    write(idOf(4), sampleBody(4, changes(1, 'gone')));
    write(idOf(5), sampleBody(5, changes(2, 'gone')));
    write(idOf(6), `[${sampleBody(6)},${sampleBody(7, changes(0, 'gone'))}]`);
    const names = readdirSync(agent.portsDir);
    await agent.start();
    expect(await tableIds()).toEqual([1, 2, 5].map(idOf));
    expect(readdirSync(agent.portsDir).filter((name) => name !== 'vm')).toEqual(names);
  });

  test(`${profile}: its own files are read back, and nothing is written for it`, async () => {
    create(profile);
    await agent.start();
    const client = new RawClient(agent.url);
    for (const number of [1, 2]) await client.request('POST', '/port', sampleBody(number));
    await client.request('PUT', `/enable-port/${idOf(2)}`);
    client.close();
    const { ports } = await agent.state();
    const text = readFileSync(join(agent.portsDir, idOf(2)), 'utf8');
    await agent.stop();
    await agent.start();
    expect((await agent.state()).ports).toEqual(ports);
    expect(readFileSync(join(agent.portsDir, idOf(2)), 'utf8')).toBe(text);
  });

  test(`${profile}: a restart forgets the sweeps to come and the generations`, async () => {
    const clock = manualClock(1_000_000);
    create(profile, { clock });
    await agent.start();
    let client = new RawClient(agent.url);
    await client.request('POST', '/port', sampleBody(1));
    await client.request('POST', '/syncports');
    client.close();
    await agent.stop();
    await agent.start();
    await clock.advance(3_600_000);
    expect(await agent.state()).toMatchObject({
      generation: 0,
      deadlines: [],
      ports: [{ id: idOf(1), generation: 0 }],
    });
    client = new RawClient(agent.url);
    await client.request('POST', '/syncports');
    client.close();
    expect((await agent.admin('/admin/sweep', 'POST')).status).toBe(200);
    expect(await tableIds()).toEqual([]);
  });

  test(`${profile}: the API is open before the ports are loaded, and what happens then counts`, async () => {
    const clock = manualClock(1_000_000);
    create(profile, { clock, reloadDelay: 5 });
    for (const number of [1, 2, 3]) write(idOf(number), scriptFile(number));
    await agent.startServing();
    expect((await agent.admin('/readyz')).status).toBe(503);
    const client = new RawClient(agent.url);
    expect(await client.request('GET', `/port/${idOf(1)}`)).toBe(
      realAnswer(404, '{"error":"{ Not Found }"}'),
    );
    expect(await client.request('DELETE', `/port/${idOf(2)}`)).toBe(OK);
    expect(await client.request('POST', '/syncports')).toBe(OK);
    client.close();
    await clock.advance(5000);
    await agent.loaded();
    const { ports } = await agent.state();
    expect(ports).toMatchObject([
      { id: idOf(1), generation: 1 },
      { id: idOf(3), generation: 1 },
    ]);
  });
}

test('a stop does not wait for a reload that has not begun', async () => {
  create('tf', { clock: manualClock(1_000_000), reloadDelay: 3600 });
  write(idOf(1), scriptFile(1));
  await agent.startServing();
  await agent.stop();
  expect(readdirSync(agent.portsDir)).toContain(idOf(1));
});

test('Tungsten Fabric: files without a link state come up disabled, those with one as it says', async () => {
  create('tf');
  write(idOf(1), scriptFile(1));
  write(idOf(2), sampleBody(2, { 'link-state': 1 }));
  await agent.start();
  expect((await agent.state()).ports).toMatchObject([{ linkState: 0 }, { linkState: 1 }]);
});

test('folders are made where they are missing; R3.1 knows no subscriptions', async () => {
  for (const profile of REAL_PROFILES) {
    create(profile);
    rmSync(agent.portsDir, { recursive: true });
    await agent.start();
    expect(readdirSync(agent.portsDir)).toEqual(profile === 'r3.1' ? [] : ['vm']);
    if (profile !== 'tf') await agent.remove();
  }
});
