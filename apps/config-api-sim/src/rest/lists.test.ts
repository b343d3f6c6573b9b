import { afterEach, beforeEach, expect, test } from 'vitest';
import { PROJECT, uuidOf } from '../testing/model-driver.ts';
import { LiveServer } from '../testing/live-server.ts';

let server: LiveServer;
let uuids: { project: string; network: string };
beforeEach(async () => {
  server = await new LiveServer().start();
  uuids = await server.furnish();
});
afterEach(() => server.remove());

interface Row {
  readonly uuid: string;
}

async function list(type: string, query: string): Promise<Row[]> {
  const { body } = await server.call('GET', `/${type}s?${query}`);
  return (body as Record<string, Row[]>)[`${type}s`] ?? [];
}

async function addresses(count: number): Promise<string[]> {
  const made: string[] = [];
  for (let number = 0; number < count; number++) {
    const body = { uuid: uuidOf(900 - number), fq_name: [`ip-${number}`] };
    made.push(
      await server.create('instance-ip', { ...body, virtual_network_refs: [{ uuid: uuids.network }] }),
    );
  }
  return made;
}

test('parameters that make no sense are refused', async () => {
  const cases: [string, string][] = [
    ['page_marker=x', 'Invalid page_marker x: badly formed hexadecimal UUID string'],
    ['page_marker=&page_limit=0', 'Invalid page_limit 0: page_limit has to be greater than zero'],
    ['page_limit=many', 'Invalid page_limit many: page_limit has to be greater than zero'],
    ['filters=a', 'Invalid filter a'],
  ];
  for (const [query, body] of cases) {
    expect(await server.call('GET', `/instance-ips?${query}`)).toMatchObject({ status: 400, body });
  }
  expect(await server.call('GET', '/instance-ips?parent_fq_name_str=a&parent_type=b')).toMatchObject({
    status: 404,
    body: "Resource type 'b' not found",
  });
});

test('a plain list has three fields; more are there when named', async () => {
  const [uuid = ''] = await addresses(1);
  const row = { uuid, fq_name: ['ip-0'], href: `${server.url}/instance-ip/${uuid}` };
  expect(await list('instance-ip', '')).toEqual([row]);
  expect(await list('instance-ip', 'fields=display_name,nothing')).toEqual([
    { ...row, display_name: 'ip-0' },
  ]);
  expect(await list('instance-ip', 'exclude_hrefs=true')).toEqual([{ uuid, fq_name: ['ip-0'] }]);
});

test('detail shows all but children and back references, unless they are named', async () => {
  const [uuid] = await addresses(1);
  const [plain] = (await list(
    'virtual-network',
    `detail=true&obj_uuids=${uuids.network}`,
  )) as unknown as object[];
  expect(plain).toMatchObject({ 'virtual-network': { uuid: uuids.network, network_ipam_refs: [{}] } });
  expect(plain).not.toHaveProperty(['virtual-network', 'instance_ip_back_refs']);
  const query = `detail=True&fields=instance_ip_back_refs&obj_uuids=${uuids.network}`;
  const [full] = (await list('virtual-network', query)) as unknown as object[];
  expect(full).toMatchObject({
    'virtual-network': { instance_ip_back_refs: [{ uuid, to: ['ip-0'], attr: null }] },
  });
});

test('lists by parent, by what is referred to, and by uuid; conditions hold together', async () => {
  const made = await addresses(3);
  const uuidsOf = async (type: string, query: string) => (await list(type, query)).map(({ uuid }) => uuid);
  expect(await uuidsOf('virtual-network', `parent_id=${uuids.project}`)).toEqual([uuids.network]);
  expect(await uuidsOf('virtual-network', `parent_fq_name_str=${PROJECT.join(':')}`)).toEqual([
    uuids.network,
  ]);
  expect(await uuidsOf('virtual-network', 'parent_fq_name_str=no:body')).toEqual([]);
  expect(await uuidsOf('instance-ip', `back_ref_id=${uuids.network}`)).toEqual(made);
  expect(await uuidsOf('instance-ip', `back_ref_id=${uuidOf(1)}`)).toEqual([]);
  const [first, second] = made;
  expect(await uuidsOf('instance-ip', `obj_uuids=${second},${uuidOf(1)},${first}`)).toEqual([second, first]);
  expect(await uuidsOf('instance-ip', `obj_uuids=${first}&back_ref_id=${uuids.project}`)).toEqual([]);
  expect(await server.call('GET', '/instance-ips?count=true')).toMatchObject({
    body: { 'instance-ips': { count: 3 } },
  });
});

test('pages follow the order of uuids, and the last one says so', async () => {
  const made = (await addresses(5)).toSorted();
  const page = async (marker: string) => {
    const { body } = await server.call('GET', `/instance-ips?page_marker=${marker}&page_limit=2`);
    const { 'instance-ips': rows, marker: next } = body as { 'instance-ips': Row[]; marker: string | null };
    return { uuids: rows.map(({ uuid }) => uuid), next };
  };
  expect(await page('None')).toEqual({ uuids: made.slice(0, 2), next: made[1] });
  expect(await page(made[1] ?? '')).toEqual({ uuids: made.slice(2, 4), next: made[3] });
  expect(await page(made[3] ?? '')).toEqual({ uuids: made.slice(4), next: null });
  expect((await list('instance-ip', 'page_limit=2')).length).toBe(5);
});

test('a list of many uuids is asked for in a body', async () => {
  const made = await addresses(3);
  const many = Array.from({ length: 1000 }, (_, index) => uuidOf(10_000 + index));
  const answer = await server.call('POST', '/list-bulk-collection', {
    type: 'instance-ip',
    obj_uuids: [...many, ...made].join(','),
    detail: true,
    fields: 'virtual_network_refs',
  });
  const { 'instance-ips': rows } = answer.body as { 'instance-ips': { 'instance-ip': Row }[] };
  expect(rows.map((row) => row['instance-ip'].uuid)).toEqual(made);
});

test('ten thousand objects are listed whole', async () => {
  const { body } = await server.admin('GET', '/admin/snapshot');
  const { format, objects } = body as { format: string; objects: Record<string, unknown>[] };
  const like = objects.find(({ uuid }) => uuid === uuids.network);
  const machines = Array.from({ length: 10_000 }, (_, number) => ({
    ...like,
    type: 'virtual-machine',
    uuid: uuidOf(1_000_000 + number),
    fqName: [`vm-${number}`],
    parent: null,
    refs: {},
  }));
  const put = await server.admin('PUT', '/admin/snapshot', { format, objects: [...objects, ...machines] });
  expect(put).toMatchObject({ status: 200, body: { objects: objects.length + 10_000 } });
  const rows = (await list('virtual-machine', 'detail=true')) as unknown as { 'virtual-machine': Row }[];
  expect(new Set(rows.map((row) => row['virtual-machine'].uuid)).size).toBe(10_000);
});
