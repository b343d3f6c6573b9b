import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { Endings, UUID } from './testing/endings.ts';
import { answer, inTurn, type RawServer } from './testing/raw-server.ts';

const endings = new Endings();
afterEach(() => endings.end());

const uuidOf = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
const row = (number: number) => ({
  project: { uuid: uuidOf(number), fq_name: ['d', `p${number}`], href: 'x', name: 1 },
});
const page = (numbers: number[], marker?: number | null) =>
  answer(200, {
    projects: numbers.map(row),
    ...(marker !== undefined && { marker: marker === null ? null : uuidOf(marker) }),
  });
const queries = (server: RawServer) =>
  server.requests.map(({ path }) => new URLSearchParams(path.split('?')[1]));

test('pages are read to the end, each from where the one before ended', async () => {
  const server = await endings.serve(inTurn(page([1, 2], 2), page([3, 4], 4), page([5], null)));
  const outcome = await endings
    .connect(server.url)
    .list('project', { pageLength: 2, fields: ['virtual_networks'] });
  expect(outcome).toMatchObject({
    kind: 'listed',
    objects: [1, 2, 3, 4, 5].map((number) => ({ uuid: uuidOf(number) })),
  });
  expect(queries(server).map((query) => [query.get('page_marker'), query.get('page_limit')])).toEqual([
    ['None', '2'],
    [uuidOf(2), '2'],
    [uuidOf(4), '2'],
  ]);
  expect(server.requests[0]?.path).toBe(
    '/projects?exclude_hrefs=true&detail=true&fields=virtual_networks&page_marker=None&page_limit=2',
  );
});

test('a server that knows no pages gives everything at once', async () => {
  const server = await endings.serve(inTurn(page([1, 2, 3])));
  expect(await endings.connect(server.url).list('project', { pageLength: 2 })).toMatchObject({
    kind: 'listed',
    objects: [{}, {}, {}],
  });
  expect(server.requests).toHaveLength(1);
});

test('a list of which any part fails is a failure', async () => {
  const cases: [string, object][] = [
    [answer(503, 'busy'), { kind: 'unavailable', status: 503 }],
    [answer(404, `Unknown id: ${UUID}`), { kind: 'unavailable', status: 404 }],
    [answer(400, 'Invalid page_marker'), { kind: 'refused' }],
    [answer(403, 'no'), { kind: 'unauthorised' }],
    [answer(409, 'Overlapping'), { kind: 'unavailable', reason: expect.stringContaining('makes no sense') }],
    [
      answer(200, { projects: [{ project: {} }] }),
      { kind: 'unavailable', reason: expect.stringContaining('unknown shape') },
    ],
    [page([3, 4], 2), { kind: 'unavailable', reason: expect.stringContaining('again and again') }],
  ];
  for (const [second, failure] of cases) {
    const server = await endings.serve(inTurn(page([1, 2], 2), second));
    expect(await endings.connect(server.url).list('project')).toMatchObject(failure);
  }
});

test('objects asked for by uuid come in portions, and each once', async () => {
  const uuids = Array.from({ length: 1001 }, (_, index) => uuidOf(index));
  const server = await endings.serve(inTurn(page([1, 2]), page([2, 3]), page([4])));
  const outcome = await endings.connect(server.url).list('project', { uuids });
  expect(outcome).toMatchObject({
    kind: 'listed',
    objects: [1, 2, 3, 4].map((number) => ({ uuid: uuidOf(number) })),
  });
  const asked = server.requests.map(({ method, path, body }) => {
    const given =
      body === ''
        ? Object.fromEntries(new URLSearchParams(path.split('?')[1]))
        : (JSON.parse(body) as Record<string, string>);
    return [method, path.split('?')[0], given['obj_uuids']?.split(',').length];
  });
  expect(asked).toEqual([
    ['POST', '/list-bulk-collection', 500],
    ['POST', '/list-bulk-collection', 500],
    ['GET', '/projects', 1],
  ]);
});

test('nothing asked for is nothing found, without a request', async () => {
  const server = await endings.serve(inTurn(answer(500)));
  expect(await endings.connect(server.url).list('project', { uuids: [] })).toEqual({
    kind: 'listed',
    objects: [],
  });
  expect(server.requests).toHaveLength(0);
});

test('a brief list has uuids and names', async () => {
  const brief = { projects: [{ uuid: UUID, fq_name: ['d', 'p'], href: 'x' }], marker: null };
  const server = await endings.serve(inTurn(answer(200, brief), answer(200, { projects: [{ uuid: UUID }] })));
  const client = endings.connect(server.url);
  expect(await client.listBrief('project', { backRefIds: [UUID] })).toEqual({
    kind: 'listed',
    objects: [{ uuid: UUID, fqName: ['d', 'p'] }],
  });
  expect(server.requests[0]?.path).toBe(`/projects?exclude_hrefs=true&back_ref_id=${UUID}`);
  expect(await client.listBrief('project')).toMatchObject({
    reason: `The server shows project ${UUID} in an unknown shape: expected uuid and fq_name`,
  });
});

test('unknown fields and null where nothing is are no trouble', async () => {
  const value = fc.oneof(fc.constant(null), fc.constant(undefined));
  const shapes = fc.record({
    display_name: fc.option(fc.string()),
    id_perms: fc.option(fc.record({ creator: fc.option(fc.string()), uuid: fc.jsonValue() })),
    perms2: value,
    virtual_networks: fc.option(fc.constant([{ to: ['a'], uuid: UUID, href: 'x', attr: null }])),
    something_new: fc.jsonValue(),
  });
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      const server = await endings.serve(
        inTurn(answer(200, { project: { uuid: UUID, fq_name: ['d'], ...shape } })),
      );
      const outcome = await endings.connect(server.url).read('project', UUID);
      expect(outcome).toMatchObject({
        kind: 'found',
        object: {
          uuid: UUID,
          network_ipams: [],
          virtual_networks: shape.virtual_networks === null ? [] : [{ uuid: UUID }],
        },
      });
      expect(outcome).not.toHaveProperty(['object', 'something_new']);
      await endings.end();
    }),
    { numRuns: 30 },
  );
});
