import { join } from 'node:path';
import { vcenterSimMissing, waitFor } from '@vrouter/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { datacenterSet, objectSet, pooledSet, response, rootSet, updates } from '../testing/answers.ts';
import { HANG, startFakeVcenter, type Call, type FakeVcenter } from '../testing/fake-vcenter.ts';
import { ELEMENT_TYPES, govmomiTypes, orderIn, SCHEMA_ORDER } from '../testing/schema-order.ts';
import { watchForTest } from '../testing/watched.ts';
import { descend, type XmlElement } from '../xml/element.ts';
import { parseXml } from '../xml/parse.ts';

/**
 * Every request that we send, word for word. A real vCenter insists on the order of the schema, a simulator takes any:
 * so the order is held to the schema here, and every change of a request shows in `vectors/`.
 */
const VECTORS = join(import.meta.dirname, '../../vectors');
const SCOPE = { datacenter: 'DC0', cluster: ['C0'], folder: ['shop'], switch: ['DVS0'] };
const PLACES: readonly (readonly [type: string, ref: string])[] = [
  ['Datacenter', 'datacenter-2'],
  ['ClusterComputeResource', 'domain-c7'],
  ['Folder', 'group-v30'],
  ['VmwareDistributedVirtualSwitch', 'dvs-12'],
];

const fakes: FakeVcenter[] = [];

/** All that is asked in the life of a watch: twice read, and polled after the second time, then stopped. */
async function callsOf(scope: typeof SCOPE | undefined): Promise<readonly Call[]> {
  const starts = PLACES.map(([type, ref]) => objectSet('enter', type, ref));
  const pooled = [rootSet, datacenterSet, pooledSet('enter', 'dvportgroup-21', 7)];
  const all = updates(scope === undefined ? pooled : starts, { version: '1' });
  const vcenter = await startFakeVcenter({
    // What never entered makes it read again.
    WaitForUpdatesEx: (nth) =>
      [all, updates([objectSet('modify', 'HostSystem', 'host-9')], { version: '2' }), all][nth] ?? HANG,
    FindByInventoryPath(nth) {
      const [type, ref] = PLACES[nth % PLACES.length] ?? ['', ''];
      return response('FindByInventoryPath', `<returnval type="${type}">${ref}</returnval>`);
    },
  });
  fakes.push(vcenter);
  const watched = watchForTest({ url: vcenter.url, ipPools: true, ...(scope !== undefined && { scope }) });
  await waitFor(() => vcenter.count('WaitForUpdatesEx') === 4, { what: 'the last poll' });
  await watched.stop();
  return vcenter.calls;
}

let calls: readonly Call[] = [];
let scoped: readonly Call[] = [];
beforeAll(async () => {
  calls = await callsOf(undefined);
  scoped = await callsOf(SCOPE);
});
afterAll(async () => {
  for (const vcenter of fakes) await vcenter.stop();
});

function request(method: string, nth: number, from: readonly Call[]): Call {
  const call = from.filter((call) => call.method === method)[nth];
  if (call === undefined) throw new Error(`no call ${nth} of ${method}`);
  return call;
}

/** One element a line. */
function lines(body: string): string {
  return `${body.replaceAll(/>(?=<)/gu, '>\n')}\n`;
}

test.each([
  ['RetrieveServiceContent', 0, 'RetrieveServiceContent'],
  ['Login', 0, 'Login'],
  ['CreatePropertyCollector', 0, 'CreatePropertyCollector'],
  ['CreateFilter', 0, 'CreateFilter'],
  ['WaitForUpdatesEx', 0, 'WaitForUpdatesEx-read'],
  ['WaitForUpdatesEx', 1, 'WaitForUpdatesEx-poll'],
  ['DestroyPropertyFilter', 0, 'DestroyPropertyFilter'],
  ['QueryIpPools', 0, 'QueryIpPools'],
  ['Logout', 0, 'Logout'],
])('%s (call %i) is this one', async (method, nth, vector) => {
  await expect(lines(request(method, nth, calls).body)).toMatchFileSnapshot(join(VECTORS, `${vector}.xml`));
});

test.each([
  ['FindByInventoryPath', 1, 'FindByInventoryPath-cluster'],
  ['CreateFilter', 0, 'CreateFilter-scoped'],
])('with a scope, %s (call %i) is this one', async (method, nth, vector) => {
  await expect(lines(request(method, nth, scoped).body)).toMatchFileSnapshot(join(VECTORS, `${vector}.xml`));
});

test('no other method is called', () => {
  const vectors = [
    'RetrieveServiceContent',
    'Login',
    'CreatePropertyCollector',
    'CreateFilter',
    'WaitForUpdatesEx',
  ];
  vectors.push('DestroyPropertyFilter', 'Logout', 'FindByInventoryPath', 'QueryIpPools');
  expect(new Set([...calls, ...scoped].map(({ method }) => method))).toEqual(new Set(vectors));
});

test('children stand in the order of the schema', () => {
  const checked = new Set<string>();
  const check = (element: XmlElement, type: string | undefined): void => {
    const order = type === undefined ? undefined : SCHEMA_ORDER[type];
    if (element.children.length > 0 && order === undefined) throw new Error(`${element.name} has no type`);
    const positions = element.children.map(({ name }) => order?.indexOf(name) ?? -1);
    expect(positions, element.name).toEqual(positions.toSorted((a, b) => a - b));
    expect(positions).not.toContain(-1);
    if (order !== undefined) checked.add(type ?? '');
    for (const child of element.children) check(child, child.type ?? ELEMENT_TYPES[child.name]);
  };
  for (const { method, body } of [...calls, ...scoped]) {
    const call = descend(parseXml(body), 'Body', method);
    if (call === undefined) throw new Error(`no call in ${body}`);
    check(call, `${method}RequestType`);
  }
  expect(checked).toEqual(new Set(Object.keys(SCHEMA_ORDER)));
});

test('every step of the way is defined, once', () => {
  for (const from of [calls, scoped]) {
    const filter = parseXml(request('CreateFilter', 0, from).body);
    const defined: string[] = [];
    const used: string[] = [];
    const visit = (element: XmlElement): void => {
      if (element.name === 'selectSet') {
        (element.type === 'TraversalSpec' ? defined : used).push(element.children[0]?.text ?? '');
      }
      element.children.forEach(visit);
    };
    visit(filter);
    expect(new Set(defined).size).toBe(defined.length);
    expect(defined).toEqual(expect.arrayContaining(used));
  }
});

test.skipIf(vcenterSimMissing())("our order is that of VMware's schema", () => {
  const source = govmomiTypes();
  for (const [type, order] of Object.entries(SCHEMA_ORDER))
    expect(orderIn(source, type), type).toEqual(order);
});
