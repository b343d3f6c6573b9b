import { join } from 'node:path';
import {
  startProcess,
  temporaryFolder,
  workspaceFile,
  type ManagedProcess,
  type ReadyInfo,
} from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConfigApiClient, ConfigApiClientOptions } from './client.ts';
import type { NewObjectOf } from './objects/index.ts';
import { Endings, UUID } from './testing/endings.ts';

const endings = new Endings();
const PROJECT = ['default-domain', 'vCenter'];
const IPAM = [...PROJECT, 'vCenter-ipam'];
const OURS = { enable: true, creator: 'vcenter-plugin' };

let server: ManagedProcess<ReadyInfo>;
beforeEach(async () => {
  const folder = temporaryFolder();
  const readyFile = join(folder.path, 'ready.json');
  const free = '127.0.0.1:0';
  const args = ['--listen', free, '--admin-listen', free, '--state-dir', join(folder.path, 'state')];
  server = await startProcess({
    name: 'config API',
    file: workspaceFile('apps/config-api-sim/src/main.ts'),
    args: [...args, '--auth', 'keystone', '--ready-file', readyFile],
    readyFile,
  });
  endings.add(async () => folder.remove());
  endings.add(async () => void (await server.stop()));
});
afterEach(() => endings.end());

function connect(
  version: 'v2.0' | 'v3' = 'v3',
  options: Partial<ConfigApiClientOptions> = {},
): ConfigApiClient {
  const { url } = server.ready;
  const account = { user: 'admin', password: 'contrail123', project: 'admin' };
  return endings.connect(url, { keystone: { url: `${url}/${version}`, ...account }, ...options });
}

async function admin(method: string, path: string, body?: object): Promise<unknown> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  return (await fetch(`${server.ready.adminUrl}${path}`, init)).json();
}

/** What came of creating; fails the test when it failed. */
async function create<
  T extends
    | 'project'
    | 'network-ipam'
    | 'virtual-network'
    | 'virtual-machine'
    | 'virtual-machine-interface'
    | 'instance-ip',
>(client: ConfigApiClient, type: T, object: NewObjectOf<T>): Promise<string> {
  const outcome = await client.create(type, object);
  if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome));
  return outcome.uuid;
}

async function furnish(client: ConfigApiClient): Promise<{ project: string; network: string }> {
  const project = await create(client, 'project', {
    fq_name: PROJECT,
    parent_type: 'domain',
    id_perms: OURS,
  });
  await create(client, 'network-ipam', { fq_name: IPAM, parent_type: 'project', id_perms: OURS });
  const subnet = { ip_prefix: '10.0.0.0', ip_prefix_len: 29 };
  const network = await create(client, 'virtual-network', {
    uuid: UUID,
    fq_name: [...PROJECT, 'blue'],
    parent_type: 'project',
    id_perms: OURS,
    network_ipam_refs: [{ to: IPAM, attr: { ipam_subnets: [{ subnet, addr_from_start: true }] } }],
  });
  return { project, network };
}

test('the life of an interface and its address', async () => {
  const client = connect();
  expect(await client.resolve('project', PROJECT)).toMatchObject({ kind: 'not-found' });
  const { project, network } = await furnish(client);
  expect(await client.resolve('project', PROJECT)).toEqual({ kind: 'resolved', uuid: project });
  expect(await client.read('virtual-network', network)).toMatchObject({
    kind: 'found',
    object: {
      parent_uuid: project,
      id_perms: { creator: 'vcenter-plugin' },
      network_ipam_refs: [
        {
          to: IPAM,
          attr: { ipam_subnets: [{ default_gateway: '10.0.0.1', dns_server_address: '10.0.0.2' }] },
        },
      ],
    },
  });

  const machine = await create(client, 'virtual-machine', { fq_name: ['vm-1'], id_perms: OURS });
  const made = await create(client, 'virtual-machine-interface', {
    fq_name: [...PROJECT, 'if-1'],
    parent_type: 'project',
    virtual_network_refs: [{ uuid: network }],
    virtual_machine_interface_mac_addresses: { mac_address: ['00:50:56:bf:7d:a1'] },
  });
  const change = {
    type: 'virtual-machine-interface',
    uuid: made,
    refType: 'virtual-machine',
    refUuid: machine,
  } as const;
  expect(await client.updateReference({ ...change, operation: 'ADD' })).toEqual({ kind: 'done' });
  const ip = await create(client, 'instance-ip', {
    fq_name: ['ip-1'],
    virtual_network_refs: [{ uuid: network }],
    virtual_machine_interface_refs: [{ uuid: made }],
  });
  expect(await client.read('instance-ip', ip)).toMatchObject({ object: { instance_ip_address: '10.0.0.3' } });
  expect(await client.update('virtual-machine', machine, { display_name: '10.9.9.9' })).toEqual({
    kind: 'done',
  });
  expect(await client.read('virtual-machine', machine, { fields: [] })).toMatchObject({
    object: { display_name: '10.9.9.9', virtual_machine_interface_back_refs: [] },
  });
  expect(await client.read('virtual-machine', machine)).toMatchObject({
    object: { virtual_machine_interface_back_refs: [{ uuid: made }] },
  });

  expect(await client.delete('project', project)).toMatchObject({ kind: 'children-present' });
  expect(await client.delete('virtual-machine-interface', made)).toMatchObject({
    kind: 'still-referred',
    referrers: [{ type: 'instance-ip', uuid: ip }],
  });
  expect(await client.delete('instance-ip', ip)).toEqual({ kind: 'done' });
  expect(await client.delete('instance-ip', ip)).toMatchObject({ kind: 'not-found' });
  expect(await client.delete('virtual-machine-interface', made)).toEqual({ kind: 'done' });
  expect(await client.delete('virtual-machine', machine)).toEqual({ kind: 'done' });
  expect(await client.read('virtual-machine', machine)).toMatchObject({ kind: 'not-found' });
});

test('what is taken, used up, fixed or wrong', async () => {
  const client = connect();
  const { network } = await furnish(client);
  const vm = { fq_name: ['vm-1'] };
  const machine = await create(client, 'virtual-machine', vm);
  expect(await client.create('virtual-machine', vm)).toMatchObject({
    kind: 'conflict',
    over: 'name',
    uuid: machine,
  });
  expect(await client.create('virtual-machine', { fq_name: ['vm-2'], uuid: machine })).toMatchObject({
    kind: 'conflict',
    over: 'uuid',
    uuid: machine,
  });
  const address = (name: string, more: object = {}) =>
    client.create('instance-ip', { fq_name: [name], virtual_network_refs: [{ uuid: network }], ...more });
  const asked = { instance_ip_address: '10.0.0.4' };
  const first = await address('a', asked);
  expect(await address('b', asked)).toMatchObject({ kind: 'conflict', over: 'address' });
  for (const name of ['c', 'd', 'e']) expect(await address(name)).toMatchObject({ kind: 'created' });
  expect(await address('f')).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('exhausted'),
  });
  const { uuid } = first as { uuid: string };
  expect(await client.update('instance-ip', uuid, { instance_ip_address: '10.0.0.5' })).toEqual({
    kind: 'refused',
    status: 400,
    message: 'Instance IP Address can not be changed',
  });
  expect(await client.update('virtual-machine', UUID, { display_name: 'x' })).toMatchObject({
    kind: 'not-found',
  });
});

test('a type is listed in pages, with what its objects are linked to', async () => {
  const client = connect('v2.0');
  const { project, network } = await furnish(client);
  const uuids = await Promise.all(
    Array.from({ length: 25 }, (_, number) =>
      create(client, 'virtual-machine-interface', {
        fq_name: [...PROJECT, `if-${number}`],
        parent_type: 'project',
        virtual_network_refs: [{ uuid: network }],
      }),
    ),
  );
  await admin('DELETE', '/admin/requests');
  const type = 'virtual-machine-interface';
  const all = await client.list(type, { pageLength: 10, parentIds: [project] });
  expect(all).toMatchObject({ kind: 'listed', objects: uuids.toSorted().map((uuid) => ({ uuid })) });
  const { requests } = (await admin('GET', '/admin/counters')) as { requests: { total: number } };
  expect(requests.total).toBe(3);
  expect(
    await client.list('virtual-network', {
      uuids: [network],
      fields: ['virtual_machine_interface_back_refs'],
    }),
  ).toMatchObject({ objects: [{ virtual_machine_interface_back_refs: { length: 25 } }] });
  expect(await client.listBrief(type, { backRefIds: [network] })).toMatchObject({ objects: { length: 25 } });
});

test('revoked tokens are replaced, in both versions', async () => {
  const clients = [connect('v2.0'), connect('v3')];
  for (const client of clients) expect(await client.listBrief('project')).toMatchObject({ kind: 'listed' });
  await admin('POST', '/admin/revoke-tokens');
  for (const client of clients) expect(await client.listBrief('project')).toMatchObject({ kind: 'listed' });
  const account = { user: 'admin', password: 'wrong', project: 'admin' };
  const stranger = connect('v3', { keystone: { url: `${server.ready.url}/v3`, ...account } });
  expect(await stranger.listBrief('project')).toMatchObject({ kind: 'unauthorised' });
});

test('an answer that was lost after the work: unknown, and the name is taken', async () => {
  const client = connect();
  const effect = { kind: 'drop', when: 'after' };
  await admin('PUT', '/admin/faults', { rules: [{ operation: 'create', count: 1, effect }] });
  const vm = { fq_name: ['vm-1'] };
  expect(await client.create('virtual-machine', vm)).toMatchObject({ kind: 'unavailable', sent: true });
  expect(await client.create('virtual-machine', vm)).toMatchObject({ kind: 'conflict', over: 'name' });
});
