import { NIL_GUID } from '@vrouter/port-model';
import { samplePort } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent } from '../testing/live-agent.ts';
import { STYLESHEET } from './stylesheet.ts';

let agent: LiveAgent;
afterEach(() => agent.remove());

async function start(profile: string): Promise<void> {
  agent = await new LiveAgent({ profile, introspectListen: '127.0.0.1:0' }).start();
}

async function read(query = ''): Promise<string> {
  const response = await fetch(`${agent.introspectUrl}/Snh_FetchVmiPortSubscriptionReq${query}`);
  expect(response.headers.get('content-type')).toMatch(/^text\/xml/);
  return response.text();
}

const ids = (xml: string): (string | undefined)[] =>
  [...xml.matchAll(/<vmi_uuid[^>]*>([^<]*)/g)].map(([, id]) => id);

test('nobody listens when it is to be nowhere', async () => {
  agent = await new LiveAgent({ introspectListen: 'none' }).start();
  expect(agent.introspectUrl).toBeUndefined();
});

test.each(['blueprint', 'tf'])('it is open without being asked for, in %s too', async (profile) => {
  agent = await new LiveAgent({ profile, introspectListen: undefined }).start();
  expect(await read()).toContain('SandeshVmiPortSubscriptionResp');
});

test('other requests are unknown', async () => {
  await start('tf');
  expect((await fetch(`${agent.introspectUrl}/Snh_ItfReq`)).status).toBe(404);
  expect((await fetch(`${agent.introspectUrl}/port`, { method: 'POST' })).status).toBe(404);
});

test('without ports the list is empty', async () => {
  await start('tf');
  expect(await read()).toBe(
    '<?xml-stylesheet type="text/xsl" href="/universal_parse.xsl"?><SandeshVmiPortSubscriptionResp type="sandesh">' +
      '<port_list type="list" identifier="1"><list type="struct" size="0"></list></port_list>' +
      '<more type="bool" identifier="0">false</more></SandeshVmiPortSubscriptionResp>',
  );
});

test('a port is told with the generation of its last add', async () => {
  await start('tf');
  const port = samplePort(1, { 'display-name': '<&>\'"\u0001é', 'tx-vlan-id': -1 });
  await agent.call('POST', '/syncports');
  await agent.call('POST', '/port', port);
  await agent.call('POST', '/syncports');
  expect(await read()).toContain(
    '<list type="struct" size="1"><SandeshVmiPortSubscriptionInfo>' +
      `<ifname type="string" identifier="1">${port.id}</ifname>` +
      '<version type="u32" identifier="2">1</version>' +
      `<vmi_uuid type="string" identifier="3">${port.id}</vmi_uuid>` +
      `<vm_uuid type="string" identifier="4">${port['instance-id']}</vm_uuid>` +
      '<vm_name type="string" identifier="5">&lt;&amp;&gt;&apos;&quot;?é</vm_name>' +
      `<vn_uuid type="string" identifier="6">${port['vn-id']}</vn_uuid>` +
      '<ip4_addr type="string" identifier="7">10.0.0.1</ip4_addr>' +
      '<ip6_addr type="string" identifier="8">::</ip6_addr>' +
      '<mac type="string" identifier="9">00:50:00:00:00:01</mac>' +
      '<tx_vlan type="i16" identifier="10">-1</tx_vlan>' +
      '<rx_vlan type="i16" identifier="11">101</rx_vlan>' +
      '<vhostuser_mode type="byte" identifier="12">0</vhostuser_mode>' +
      '</SandeshVmiPortSubscriptionInfo></list>',
  );
});

const [ONE, TWO] = [samplePort(1).id, samplePort(2).id];

test.each(['blueprint', 'r4.1', 'tf'])(
  '%s: ports are told in order of ids, all or a part',
  async (profile) => {
    await start(profile);
    for (const number of [2, 1]) await agent.call('POST', '/port', samplePort(number));
    expect(ids(await read())).toEqual([ONE, TWO]);
    expect(ids(await read('?ifname=0002&x=y'))).toEqual([TWO]);
    expect(ids(await read('?ifname=nothing'))).toEqual([]);
    expect(ids(await read(`?ifname=0002&vmi_uuid=${ONE}`))).toEqual([]);
  },
);

test('an id is read as leniently as in requests; what is none, and the nil one, are no filter', async () => {
  await start('tf');
  for (const number of [2, 1]) await agent.call('POST', '/port', samplePort(number));
  for (const id of [TWO, TWO.toUpperCase(), `%20${TWO}`, `${TWO}.tmp`, `${TWO}%20`])
    expect(ids(await read(`?vmi_uuid=${id}`)), id).toEqual([TWO]);
  for (const id of ['', 'garbage', TWO.replaceAll('-', ''), `{${TWO}}`, NIL_GUID])
    expect(ids(await read(`?vmi_uuid=${id}`)), id).toEqual([ONE, TWO]);
  expect(ids(await read(`?vmi_uuid=${samplePort(3).id}`))).toEqual([]);
});

const page = async (path: string) => {
  const response = await fetch(`${agent.introspectUrl}${path}`);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

test('R3.1 had not these pages yet: there is the index, and it says so', async () => {
  await start('r3.1');
  await agent.call('POST', '/port', samplePort(1));
  expect(await page('/')).toMatchObject({ status: 200, text: expect.stringContaining('show nothing') });
  for (const path of ['/Snh_FetchVmiPortSubscriptionReq', '/port_ipc.xml'])
    expect((await page(path)).status).toBe(404);
});

test('from the index a browser comes to the ports, and each step is there', async () => {
  await start('tf');
  const index = await page('/');
  expect(index.type).toMatch(/^text\/html/);
  const [, module = ''] = /href="(\/[^"]+)"/.exec(index.text) ?? [];
  const { text: requests, type } = await page(module);
  expect(type).toMatch(/^text\/xml/);
  const [, request = ''] = /<(\w+) type="sandesh">/.exec(requests) ?? [];
  const [, ...fields] = [...requests.matchAll(/<(\w+) type="(?:rlist|string)">/g)].map(([, name]) => name);
  expect(fields).toEqual(['ifname', 'vmi_uuid']);
  const answer = await page(`/Snh_${request}?${fields.join('=&')}=`);
  expect(answer).toMatchObject({ status: 200, type: expect.stringMatching(/^text\/xml/) });
  for (const text of [requests, answer.text]) {
    const [, sheet = ''] = /^<\?xml-stylesheet type="text\/xsl" href="([^"]+)"\?>/.exec(text) ?? [];
    expect(await page(sheet)).toMatchObject({ status: 200, type: expect.stringMatching(/^text\/xsl/) });
  }
});

test('every element of the stylesheet is closed', () => {
  const open: string[] = [];
  for (const [, end, name = '', empty] of STYLESHEET.matchAll(/<(\/?)([\w:]+)[^<>]*?(\/?)>/g)) {
    if (end === '/') expect(open.pop()).toBe(name);
    else if (empty === '') open.push(name);
  }
  expect(open).toEqual([]);
});
