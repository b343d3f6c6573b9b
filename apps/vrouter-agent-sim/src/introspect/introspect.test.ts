import { samplePort } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent } from '../testing/live-agent.ts';

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

test('every profile is told alike, in order of ids, and can be asked for a part', async () => {
  for (const profile of ['blueprint', 'r3.1']) {
    await start(profile);
    for (const number of [2, 1]) await agent.call('POST', '/port', samplePort(number));
    const [one, two] = [samplePort(1).id, samplePort(2).id];
    expect(ids(await read())).toEqual([one, two]);
    expect(ids(await read(`?vmi_uuid=${two.toUpperCase()}`))).toEqual([two]);
    expect(ids(await read('?ifname=0002&x=y'))).toEqual([two]);
    expect(ids(await read('?ifname=nothing'))).toEqual([]);
    if (profile === 'blueprint') await agent.remove();
  }
});
