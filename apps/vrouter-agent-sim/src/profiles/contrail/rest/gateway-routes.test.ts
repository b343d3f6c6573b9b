import { afterEach, expect, test } from 'vitest';
import { LiveAgent } from '../../../testing/live-agent.ts';
import { RawClient, realAnswer } from '../../../testing/raw-client.ts';
import { jsonString } from '../json/write.ts';

const OK = realAnswer(200, '{}');
const NOTHING_SAID = realAnswer(500, '{"error":"{}"}');
const refused = (message: string): string => realAnswer(500, `{"error":${jsonString(`{ ${message} }`)}}`);

let agent: LiveAgent;
let client: RawClient;
afterEach(async () => {
  client.close();
  await agent.remove();
});

async function start(profile: string): Promise<void> {
  agent = await new LiveAgent({ profile }).start();
  client = new RawClient(agent.url);
}

const SUBNET = { 'ip-address': '10.0.0.0', 'prefix-len': 24 };
const GATEWAY = { interface: 'vgw1', 'routing-instance': 'vrf', subnets: [SUBNET], routes: [] };
const bodyWith = (changes: object): string => JSON.stringify([GATEWAY, { ...GATEWAY, ...changes }]);

test('R3.1 knows no gateways', async () => {
  await start('r3.1');
  for (const method of ['POST', 'DELETE'])
    expect(await client.request(method, '/gateway', '[]')).toBe(
      realAnswer(404, '{"error":"Unknown Request"}'),
    );
});

for (const profile of ['r4.1', 'tf']) {
  test(`${profile}: a gateway that lacks something is refused, and what it lacks is named`, async () => {
    await start(profile);
    const lacking: [string, object][] = [
      ['interface', { interface: 1 }],
      ['routing-instance', { 'routing-instance': undefined, subnets: 1 }],
      ['subnets', { subnets: {}, routes: 1 }],
      ['subnets value', { subnets: [SUBNET, { ...SUBNET, 'ip-address': '10.0.0' }] }],
      ['subnets value', { subnets: [1], routes: 1 }],
      ['routes', { routes: undefined }],
      ['routes value', { routes: [{ ...SUBNET, 'prefix-len': '24' }] }],
    ];
    for (const [member, changes] of lacking) {
      const body = bodyWith(changes);
      const message = `Json string does not have all required members, ${member} is missing ==> ${body}`;
      expect(await client.request('POST', '/gateway', body), member).toBe(refused(message));
    }
    const post = (body: string): Promise<string> => client.request('POST', '/gateway', body);
    expect(await post('{}')).toBe(refused('Unexpected Json string (not an array) ==> {}'));
    expect(await post('[')).toBe(refused('Invalid Json string ==> ['));
    expect(await post('[1]')).toBe(refused('Json Array has invalid element ==> [1]'));
  });

  test(`${profile}: gateways come and go, and of a bad delete nothing is said`, async () => {
    await start(profile);
    for (const body of ['[]', bodyWith({})]) expect(await client.request('POST', '/gateway', body)).toBe(OK);
    for (const body of ['[]', '[{"interface":"vgw1"}]'])
      expect(await client.request('DELETE', '/gateway', body)).toBe(OK);
    for (const body of ['', '{}', '[1]', '[{"interface":1}]'])
      expect(await client.request('DELETE', '/gateway', body)).toBe(NOTHING_SAID);
  });
}
