import { afterEach, beforeEach, expect, test } from 'vitest';
import { IPAM, PROJECT, uuidOf } from '../testing/model-driver.ts';
import { LiveServer } from '../testing/live-server.ts';

let server: LiveServer;
beforeEach(async () => {
  server = await new LiveServer({ limits: { bodyBytesMax: 2000 } }).start();
});
afterEach(() => server.remove());

test('what is no request of the API is answered in plain text', async () => {
  const cases: [string, string, unknown, number, string][] = [
    ['GET', '/bgp-routers', undefined, 404, "Not found: '/bgp-routers'"],
    ['POST', '/virtual-machines', '{', 400, 'Invalid JSON'],
    ['POST', '/virtual-machines', '[]', 400, 'Invalid JSON'],
    ['POST', '/virtual-machines', {}, 400, 'Expected an object under "virtual-machine" in the body'],
    ['POST', '/virtual-machines', undefined, 400, 'Expected a JSON body, got none'],
    ['POST', '/virtual-machines', ' '.repeat(2001), 413, 'The body is too large'],
    ['POST', '/fqname-to-id', { type: 'project' }, 400, 'Expected fq_name in the body'],
    ['POST', '/fqname-to-id', { type: 'bgp', fq_name: [] }, 404, "Resource type 'bgp' not found"],
    [
      'POST',
      '/fqname-to-id',
      { type: 'project', fq_name: PROJECT },
      404,
      "Name [u'default-domain', u'vCenter'] not found",
    ],
    ['POST', '/id-to-fqname', { uuid: uuidOf(99) }, 404, `UUID ${uuidOf(99)} not found`],
    ['GET', `/virtual-machine/${uuidOf(99)}`, undefined, 404, `Unknown id: ${uuidOf(99)}`],
    [
      'PUT',
      `/virtual-machine/${uuidOf(99)}`,
      { 'virtual-machine': { display_name: 'x' } },
      404,
      `Unknown id: ${uuidOf(99)}`,
    ],
    ['DELETE', `/virtual-machine/${uuidOf(99)}`, undefined, 404, `ID ${uuidOf(99)} does not exist`],
  ];
  for (const [method, path, body, status, text] of cases) {
    const answer = await server.call(method, path, body);
    expect([path, answer.status, answer.body]).toEqual([path, status, text]);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=UTF-8');
  }
  const plain = await server.call('POST', '/virtual-machines', '{}', { 'content-type': 'text/plain' });
  expect(plain).toMatchObject({ status: 400, body: 'Expected a body with Content-Type: application/json' });
});

test('an object of another type is not found', async () => {
  const machine = await server.create('virtual-machine', { fq_name: ['vm-1'] });
  for (const method of ['GET', 'DELETE']) {
    expect(await server.call(method, `/instance-ip/${machine}`)).toMatchObject({
      status: 404,
      body: `No instance-ip object found for id ${machine}`,
    });
  }
});

test('create tells uuid, name, parent and addresses', async () => {
  const project = await server.create('project', { fq_name: PROJECT });
  const uuid = uuidOf(7);
  const created = await server.call('POST', '/network-ipams', { 'network-ipam': { uuid, fq_name: IPAM } });
  expect(created).toMatchObject({
    status: 200,
    body: {
      'network-ipam': {
        name: 'vCenter-ipam',
        fq_name: IPAM,
        uuid,
        href: `${server.url}/network-ipam/${uuid}`,
        parent_uuid: project,
        parent_href: `${server.url}/project/${project}`,
      },
    },
  });
  expect(await server.call('POST', '/fqname-to-id', { type: 'network-ipam', fq_name: IPAM })).toMatchObject({
    body: { uuid },
  });
  expect(await server.call('POST', '/id-to-fqname', { uuid })).toMatchObject({
    body: { fq_name: IPAM, type: 'network-ipam' },
  });
});

test('a read shows parent, references, back references and children, as asked for', async () => {
  const { project, ipam, network } = await server.furnish();
  const shown = await server.read('virtual-network', network);
  expect(shown).toMatchObject({
    uuid: network,
    name: 'blue',
    parent_type: 'project',
    parent_uuid: project,
    network_ipam_refs: [
      { to: IPAM, uuid: ipam, href: `${server.url}/network-ipam/${ipam}`, attr: expect.any(Object) },
    ],
  });
  const back = { uuid: network, to: [...PROJECT, 'blue'], attr: expect.any(Object) };
  expect(await server.read('network-ipam', ipam)).toMatchObject({ virtual_network_back_refs: [back] });
  expect(await server.read('network-ipam', ipam, '?exclude_back_refs=true')).not.toHaveProperty(
    'virtual_network_back_refs',
  );
  expect(await server.read('project', project)).toMatchObject({
    virtual_networks: [{ uuid: network }],
    network_ipams: [{ uuid: ipam }],
  });
  const few = await server.read('project', project, '?fields=network_ipams&exclude_hrefs=true');
  expect(few).not.toHaveProperty('virtual_networks');
  expect(few['network_ipams']).toEqual([{ to: IPAM, uuid: ipam }]);
});

test('a uuid is told in halves too, of 64 bits each', async () => {
  const uuid = 'ffffffff-ffff-4fff-bfff-fffffffffff1';
  await server.create('virtual-machine', { uuid, fq_name: ['vm-1'] });
  const text = await (await fetch(`${server.url}/virtual-machine/${uuid}`)).text();
  expect(text).toContain('"uuid":{"uuid_mslong":18446744073709506559,"uuid_lslong":13835058055282163697}');
});

test('update answers the address, and nothing for nothing', async () => {
  const uuid = await server.create('virtual-machine', { fq_name: ['vm-1'] });
  const path = `/virtual-machine/${uuid}`;
  expect(await server.call('PUT', path, { 'virtual-machine': { display_name: 'x' } })).toMatchObject({
    status: 200,
    body: { 'virtual-machine': { uuid, href: `${server.url}${path}` } },
  });
  expect(await server.read('virtual-machine', uuid)).toMatchObject({ display_name: 'x' });
  for (const body of [undefined, { 'virtual-machine': {} }]) {
    expect(await server.call('PUT', path, body)).toMatchObject({ status: 200, body: '' });
  }
});

test('delete answers nothing, and the addresses of what stands in the way', async () => {
  const { project, network } = await server.furnish();
  const ip = await server.create('instance-ip', {
    fq_name: ['ip'],
    virtual_network_refs: [{ uuid: network }],
  });
  expect(await server.call('DELETE', `/virtual-network/${network}`)).toMatchObject({
    status: 409,
    body: `Delete when resource still referred: ['${server.url}/instance-ip/${ip}']`,
  });
  expect(await server.call('DELETE', `/project/${project}`)).toMatchObject({
    status: 409,
    body: expect.stringMatching(
      /^Delete when children still present: \['http.*\/network-ipam\/[-0-9a-f]{36}'\]$/,
    ),
  });
  expect(await server.call('DELETE', `/instance-ip/${ip}`)).toMatchObject({ status: 200, body: '' });
  expect(await server.call('DELETE', `/virtual-network/${network}`)).toMatchObject({ status: 200, body: '' });
});

test('one reference is changed', async () => {
  const { network } = await server.furnish();
  const machine = await server.create('virtual-machine', { fq_name: ['vm-1'] });
  const uuid = await server.create('virtual-machine-interface', {
    fq_name: [...PROJECT, 'if-1'],
    parent_type: 'project',
    virtual_network_refs: [{ uuid: network }],
  });
  const body = {
    type: 'virtual-machine-interface',
    uuid,
    'ref-type': 'virtual-machine',
    'ref-uuid': machine,
    operation: 'ADD',
  };
  expect(await server.call('POST', '/ref-update', body)).toMatchObject({ status: 200, body: { uuid } });
  const back = { virtual_machine_interface_back_refs: [{ uuid }] };
  expect(await server.read('virtual-machine', machine)).toMatchObject(back);
  await server.call('POST', '/ref-update', { ...body, operation: 'DELETE' });
  expect(await server.read('virtual-machine', machine)).not.toHaveProperty(
    'virtual_machine_interface_back_refs',
  );
});
