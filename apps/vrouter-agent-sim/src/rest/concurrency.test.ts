import { isDeepStrictEqual } from 'node:util';
import { samplePort, seededRandom, waitFor } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent, type Answer } from '../testing/live-agent.ts';

const CLIENTS = 50;
const ROUNDS = 6;

let agent: LiveAgent | undefined;
afterEach(() => agent?.remove());

async function expectTableIsFolder(): Promise<Map<string, number>> {
  const { ports } = await agent!.state();
  const table = new Map(
    ports.map(({ port: { 'link-state': linkState, ...port } }) => [port.id, { port, linkState }]),
  );
  // Under load, files are written behind the answers.
  await waitFor(() => isDeepStrictEqual(agent!.portFiles(), table), { what: 'files like the table' });
  return new Map(ports.map(({ id, port }) => [id, port['tx-vlan-id']]));
}

test('50 clients that post and delete ports of their own find each as they left it', async () => {
  agent = await new LiveAgent().start();
  const expected = new Map<string, number>();
  const client = async (number: number): Promise<void> => {
    const random = seededRandom(number);
    for (let round = 0; round < ROUNDS; round += 1) {
      const port = samplePort(number * 10 + random.int(0, 1), { 'tx-vlan-id': round });
      const isAdd = random.next() < 0.7;
      const answer = isAdd
        ? await agent!.call('POST', '/port', port)
        : await agent!.call('DELETE', `/port/${port.id}`);
      expect(answer.status).toBe(200);
      if (isAdd) expected.set(port.id, round);
      else expected.delete(port.id);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(index + 1)));
  expect(await expectTableIsFolder()).toEqual(expected);
});

test('50 clients that fight over three ports leave table and folder alike', async () => {
  agent = await new LiveAgent({ staleTimeout: 0 }).start();
  const client = async (number: number): Promise<void> => {
    const random = seededRandom(number);
    const port = (): ReturnType<typeof samplePort> => samplePort(random.int(1, 3), { 'tx-vlan-id': number });
    const requests: (() => Promise<Answer>)[] = [
      () => agent!.call('POST', '/port', port()),
      () => agent!.call('POST', '/port', [port(), port()]),
      () => agent!.call('DELETE', `/port/${port().id}`),
      () => agent!.call('PUT', `/enable-port/${port().id}`),
      () => agent!.call('POST', '/syncports'),
    ];
    for (let round = 0; round < ROUNDS; round += 1)
      expect([200, 404]).toContain((await random.pick(requests)()).status);
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(index + 1)));
  await agent.admin('/admin/sweep', 'POST'); // the last in the queue
  await expectTableIsFolder();
});
