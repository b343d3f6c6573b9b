import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manualClock, samplePort, waitFor } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveAgent } from '../testing/live-agent.ts';

const A = samplePort(1);
const B = samplePort(2);
const UNKNOWN = samplePort(99).id;
const OK = { status: 200, body: {} };
const UNKNOWN_REQUEST = { status: 404, body: { error: 'Unknown Request' } };

let agent: LiveAgent;
beforeEach(async () => (agent = await new LiveAgent().start()));
afterEach(() => agent.remove());

test('bodies that are not JSON are refused with the reason', async () => {
  const reasons: [string, RegExp][] = [
    ['', /^The body is not JSON: it is empty$/],
    [' \n', /it is empty/],
    ['{"id":', /Unexpected end/],
    ['{} x', /Unexpected/],
    ['{"a":1,}', /JSON/],
    ['// hello\n{}', /Unexpected/],
    ['\uFEFF{}', /Unexpected/],
    ['NaN', /is not valid JSON/],
  ];
  for (const [body, reason] of reasons) {
    const answer = await agent.call('POST', '/port', body);
    expect(answer, body).toMatchObject({ status: 400, body: { error: expect.stringMatching(reason) } });
  }
  expect(await agent.call('POST', '/port')).toMatchObject({ status: 400 });
});

test('bytes that are not UTF-8 are refused', async () => {
  const [before = '', after = ''] = JSON.stringify({ ...A, 'display-name': 'X' }).split('"X"');
  const body = Buffer.concat([Buffer.from(`${before}"`), Buffer.from([0xff]), Buffer.from(`"${after}`)]);
  const response = await fetch(`${agent.url}/port`, { method: 'POST', body });
  expect(response.status).toBe(400);
  expect(agent.portFiles().size).toBe(0);
});

test('JSON that is neither object nor array of objects is refused', async () => {
  for (const body of ['5', '"a"', 'null', 'true']) {
    expect(await agent.call('POST', '/port', body)).toMatchObject({
      status: 400,
      body: { details: [{ field: 'body', expected: 'a JSON object with the fields of a port' }] },
    });
  }
});

test('every bad field is named, with what was expected and what came', async () => {
  const { 'display-name': _missing, ...bad } = {
    ...A,
    'mac-address': '02-1a',
    type: '2',
    'tx-vlan-id': 4096,
  };
  expect(await agent.call('POST', '/port', bad)).toEqual({
    status: 400,
    body: {
      error: 'Invalid port: display-name: expected a string, got nothing',
      details: [
        { field: 'display-name', expected: 'a string', got: 'nothing' },
        { field: 'mac-address', expected: 'a MAC address like 00:50:56:bf:7d:a1', got: '"02-1a"' },
        { field: 'type', expected: 'the integer 0, 1 or 2', got: '"2"' },
        { field: 'tx-vlan-id', expected: 'an integer: -1 (none) or 0 to 4095', got: '4096' },
      ],
    },
  });
  expect((await agent.state()).ports).toEqual([]);
});

test('an array with one bad element is refused whole, and the element named by its index', async () => {
  const answer = await agent.call('POST', '/port', [A, { ...B, type: 7 }, 'x']);
  expect(answer).toMatchObject({
    status: 400,
    body: {
      details: [
        { index: 1, field: 'type' },
        { index: 2, field: 'body' },
      ],
    },
  });
  expect(agent.portFiles().size).toBe(0);
});

test('a key that stands twice is refused, since readers differ in which they take', async () => {
  const twice = JSON.stringify(A).replace('{', '{"type":2,');
  expect(await agent.call('POST', '/port', twice)).toMatchObject({
    status: 400,
    body: { details: [{ field: 'type', got: 'it twice' }] },
  });
  expect(await agent.call('POST', '/port', `[${JSON.stringify(B)}, ${twice}]`)).toMatchObject({
    body: { details: [{ index: 1, field: 'type' }] },
  });
  const escaped = JSON.stringify(A).replace('{', '{"\\u0074ype":2,');
  expect(await agent.call('POST', '/port', escaped)).toMatchObject({ status: 400 });
  const sameValue = { ...A, 'display-name': 'type": {}', name: { type: 1 } };
  expect(await agent.call('POST', '/port', sameValue)).toEqual(OK);
});

test('deep nesting, huge strings and prototype keys are only data', async () => {
  const depth = 10_000;
  expect(await agent.call('POST', '/port', '['.repeat(depth))).toMatchObject({ status: 400 });
  expect(await agent.call('POST', '/port', '['.repeat(depth) + ']'.repeat(depth))).toMatchObject({
    status: 400,
  });
  const nested = `{"a":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
  expect(await agent.call('POST', '/port', nested)).toMatchObject({ status: 400 });
  expect(await agent.call('POST', '/port', { ...B, name: '"\\'.repeat(250_000) })).toEqual(OK);
  const polluted = `{"__proto__":{"id":"x","polluted":1},"constructor":{},${JSON.stringify(A).slice(1)}`;
  expect(await agent.call('POST', '/port', polluted)).toEqual(OK);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(agent.portFiles().get(A.id)?.port).toEqual(A);
});

test('ids in the path must be guids; upper case is taken for lower', async () => {
  for (const [method, path] of [
    ['GET', '/port/'],
    ['DELETE', '/port/'],
    ['PUT', '/enable-port/'],
    ['PUT', '/disable-port/'],
  ]) {
    for (const id of ['x', `${A.id}.tmp`, '%20', 'a'.repeat(5000)]) {
      const answer = await agent.call(method!, `${path}${id}`);
      expect(answer).toMatchObject({ status: 400, body: { details: [{ field: 'id' }] } });
    }
  }
  await agent.call('POST', '/port', A);
  expect(await agent.call('GET', `/port/${A.id.toUpperCase()}`)).toMatchObject({
    status: 200,
    body: { id: A.id },
  });
  expect(await agent.call('PUT', `/enable-port/${A.id.toUpperCase()}`)).toEqual(OK);
  expect(await agent.call('DELETE', `/port/${A.id.toUpperCase()}`)).toEqual(OK);
  expect((await agent.state()).ports).toEqual([]);
});

test('wrong paths and wrong methods are unknown requests', async () => {
  const requests = [
    ['GET', '/'],
    ['POST', '/ports'],
    ['POST', '/port/'],
    ['POST', '//port'],
    ['PUT', '/port'],
    ['GET', '/port'],
    ['PATCH', `/port/${A.id}`],
    ['POST', `/enable-port/${A.id}`],
    ['GET', '/syncports'],
    ['OPTIONS', '/port'],
    ['GET', '/port/%zz'],
    ['GET', '/admin/state'],
  ];
  for (const [method, path] of requests) {
    expect(await agent.call(method!, path!), `${method} ${path}`).toEqual(UNKNOWN_REQUEST);
  }
  expect((await fetch(`${agent.url}/port/${A.id}`, { method: 'HEAD' })).status).toBe(404);
});

test('a body over the limit is refused, and the connection goes on', async () => {
  const big = { ...A, name: 'x'.repeat(2 * 1024 * 1024) };
  expect(await agent.call('POST', '/port', big)).toEqual({
    status: 413,
    body: { error: 'The body is too large' },
  });
  expect(await agent.call('POST', '/port', A)).toEqual(OK);
});

test('unknown ports: 404 to get, enable and disable; success to delete', async () => {
  for (const [method, path] of [
    ['GET', 'port'],
    ['PUT', 'enable-port'],
    ['PUT', 'disable-port'],
  ]) {
    expect(await agent.call(method!, `/${path}/${UNKNOWN}`)).toEqual({
      status: 404,
      body: { error: `Port Not found: ${UNKNOWN}` },
    });
  }
  expect(await agent.call('DELETE', `/port/${UNKNOWN}`)).toEqual(OK);
});

test('only ports of type 2 can be enabled', async () => {
  await agent.call('POST', '/port', samplePort(1, { type: 0 }));
  expect(await agent.call('PUT', `/enable-port/${A.id}`)).toEqual({
    status: 400,
    body: { error: `Incorrect Port type: ${A.id}` },
  });
});

test('a port is added, read, enabled, disabled and deleted, in table and file', async () => {
  expect(await agent.call('POST', '/port', A)).toEqual(OK);
  expect(await agent.call('GET', `/port/${A.id}?type=2`)).toEqual({
    status: 200,
    body: { ...A, 'link-state': 0 },
  });
  expect(agent.portFiles()).toEqual(new Map([[A.id, { port: A, linkState: 0 }]]));

  expect(await agent.call('PUT', `/enable-port/${A.id}?type=2`, '{"any": "body"')).toEqual(OK);
  expect(await agent.call('GET', `/port/${A.id}`)).toMatchObject({ body: { 'link-state': 1 } });
  expect(agent.portFiles().get(A.id)?.linkState).toBe(1);

  expect(await agent.call('PUT', `/disable-port/${A.id}`)).toEqual(OK);
  expect(agent.portFiles().get(A.id)?.linkState).toBe(0);

  expect(await agent.call('DELETE', `/port/${A.id}?type=2`, 'any body')).toEqual(OK);
  expect(await agent.call('GET', `/port/${A.id}`)).toMatchObject({ status: 404 });
  expect(agent.portFiles().size).toBe(0);
});

test('the request of an original client is taken as it is', async () => {
  const id = 'fe71b44d-0654-36aa-9841-ab9b78d628c5';
  const body =
    `{"id":"${id}","instance-id":"502789bb-240a-841f-e24c-1564537218f7","display-name":"web \\"1\\" ü",` +
    '"vn-id":"6782f6e6-9fca-3c02-a76d-d1f37b7d06a3","ip-address":"None","mac-address":"00:50:56:BF:7d:a1",' +
    `"vm-project-id":"","rx-vlan-id":-1,"tx-vlan-id":100,"system-name":"${id}","type":2,"ip6-address":"None",` +
    `"name":"${id}","uuid":"${id}","fq_name":["default-domain","default-project","${id}"],"parent_type":"project"}`;
  expect(await agent.call('POST', '/port', body)).toEqual(OK);
  const file = JSON.parse(readFileSync(join(agent.portsDir, id), 'utf8')) as Record<string, unknown>;
  expect(file).toMatchObject({
    'display-name': 'web "1" ü',
    'ip-address': '0.0.0.0',
    'ip6-address': '::',
    'mac-address': '00:50:56:bf:7d:a1',
    'vm-project-id': '00000000-0000-0000-0000-000000000000',
    'rx-vlan-id': 65535,
    author: 'vrouter-agent-sim',
  });
  expect(file).not.toHaveProperty('fq_name');
});

test('any content type, and none, is JSON', async () => {
  for (const type of ['text/plain', 'application/json; charset=UTF-8', 'garbage', 'a/b; q="', undefined]) {
    const headers = type === undefined ? {} : { 'content-type': type };
    const init = { method: 'POST', headers, body: Buffer.from(JSON.stringify(A)) };
    expect((await fetch(`${agent.url}/port`, init)).status, type ?? 'none').toBe(200);
  }
});

test('an array is added whole, an empty one changes nothing', async () => {
  expect(await agent.call('POST', '/port', [A, B])).toEqual(OK);
  expect([...agent.portFiles().keys()].sort()).toEqual([A.id, B.id]);
  expect(await agent.call('POST', '/port', [])).toEqual(OK);
  expect((await agent.state()).ports).toHaveLength(2);
});

test('syncports takes any body and none', async () => {
  for (const body of ['{"type":2}', 'garbage', '', undefined]) {
    expect(await agent.call('POST', '/syncports', body)).toEqual(OK);
  }
  expect((await agent.state()).generation).toBe(4);
});

test('sync, re-add of one, sweep of the other', async () => {
  await agent.remove();
  const clock = manualClock(1_000_000);
  agent = await new LiveAgent({ clock, staleTimeout: 60 }).start();
  await agent.call('POST', '/port', [A, B]);
  await agent.call('PUT', `/enable-port/${A.id}`);
  await agent.call('POST', '/syncports');
  await agent.call('POST', '/port', A);
  expect(await agent.state()).toMatchObject({
    generation: 1,
    deadlines: [1_060_000],
    ports: [
      { id: A.id, seen: true, linkState: 1, port: { 'link-state': 1 } },
      { id: B.id, seen: false },
    ],
  });
  await clock.advance(59_999);
  expect(agent.portFiles().size).toBe(2);
  await clock.advance(1);
  await waitFor(async () => (await agent.state()).deadlines.length === 0, { what: 'the sweep' });
  expect([...agent.portFiles()]).toEqual([[A.id, { port: A, linkState: 1 }]]);
});
