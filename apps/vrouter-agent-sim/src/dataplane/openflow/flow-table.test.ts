import { waitFor } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import type { Flow } from '../flows/flow.ts';
import { FakeSwitch } from '../testing/fake-switch.ts';
import { cookieOf } from './cookie.ts';
import { OpenFlowTable } from './flow-table.ts';
import { TYPE } from './message.ts';

const flow = (label: number): Flow => ({
  table: 1,
  priority: 10,
  match: { network: label, destination: '00:50:56:bf:00:0a' },
  actions: [{ do: 'send', port: 1, vlan: 100 }],
});

async function bench(): Promise<{ fake: FakeSwitch; table: OpenFlowTable }> {
  const fake = await new FakeSwitch().listen();
  const table = new OpenFlowTable(fake.path);
  onTestFinished(() => fake.close());
  onTestFinished(() => table.close());
  return { fake, table };
}

test('flows are added and removed by their cookies, and listed over several parts', async () => {
  const { fake, table } = await bench();
  expect(await table.cookies()).toEqual(new Set());
  await table.change([], [flow(1), flow(2), flow(3)]);
  expect(await table.cookies()).toEqual(new Set([1, 2, 3].map((label) => cookieOf(flow(label)))));
  await table.change([cookieOf(flow(1)), cookieOf(flow(2))], [flow(4)]);
  expect(await table.cookies()).toEqual(new Set([3, 4].map((label) => cookieOf(flow(label)))));
  expect(fake.connections).toBe(1);
});

test('what is refused is an error, and the next request finds a new connection', async () => {
  const { fake, table } = await bench();
  fake.mood = 'refusing';
  await expect(table.change([], [flow(1)])).rejects.toThrow('OpenFlow error type 5, code 6');
  fake.mood = 'well';
  await table.change([], [flow(1)]);
  expect(fake.connections).toBe(2);
});

test('a switch that ends the connection is an error for whoever waits, and for nobody else', async () => {
  const { fake, table } = await bench();
  fake.mood = 'gone';
  await expect(table.cookies()).rejects.toThrow('ended the connection');
  fake.mood = 'well';
  await table.cookies();
  fake.hangUp();
  await waitFor(async () => (await table.cookies().catch(() => undefined)) !== undefined, { what: 'a list' });
});

test('a switch that is not there, or is no switch, is an error', async () => {
  await expect(new OpenFlowTable('/nowhere/br.mgmt').cookies()).rejects.toThrow('/nowhere/br.mgmt');
  const { fake, table } = await bench();
  await table.cookies();
  fake.mood = 'silent';
  const asked = table.cookies();
  await waitFor(() => fake.received.length === 3, { what: 'the question' });
  fake.say({ type: TYPE.multipartReply, id: fake.received[2]?.id ?? 0, body: Buffer.alloc(40) });
  await expect(asked).rejects.toThrow('expected a flow of more than');
});

test('a switch that asks whether we live is answered', async () => {
  const { fake, table } = await bench();
  await table.cookies();
  fake.say({ type: TYPE.echoRequest, id: 77, body: Buffer.from('hello') });
  const isEcho = ({ type, id, body }: (typeof fake.received)[number]): boolean =>
    type === TYPE.echoReply && id === 77 && body.toString() === 'hello';
  await waitFor(() => fake.received.some(isEcho), { what: 'the echo' });
});

test('closing ends a request that waits', async () => {
  const { fake, table } = await bench();
  fake.mood = 'silent';
  const asked = table.cookies();
  await waitFor(() => fake.received.length === 2, { what: 'the question' });
  table.close();
  await expect(asked).rejects.toThrow('closed');
});
