import { waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { A, B, onBothServers, type FaultBench } from '../testing/fault-bench.ts';

async function requestsOf(bench: FaultBench): Promise<{ operation: string; status: number | null }[]> {
  const { body } = await bench.agent.admin('/admin/requests');
  return (body as { requests: { operation: string; status: number | null }[] }).requests;
}

test('a request that a fault answers is in the list with that answer', () =>
  onBothServers(async (bench) => {
    await bench.arm({ action: { kind: 'status', status: 503 } });
    await bench.add(A);
    expect(await requestsOf(bench)).toMatchObject([{ operation: 'add', status: 503 }]);
  }));

test.each(['reset', 'close-before-headers'])(
  'a request that %s ends is in the list, without an answer',
  (action) =>
    onBothServers(async (bench) => {
      await bench.arm({ action });
      await expect(bench.add(A)).rejects.toThrow();
      expect(await requestsOf(bench)).toMatchObject([{ operation: 'add', status: null }]);
    }),
);

test('a request that is held up stands where it came, before those that were quicker', () =>
  onBothServers(async (bench) => {
    await bench.arm({ action: 'freeze', match: { portId: A.id } });
    const frozen = bench.add(A).catch(() => undefined);
    await waitFor(async () => (await requestsOf(bench)).length === 1, { what: 'the frozen request' });
    await bench.add(B);
    expect(await requestsOf(bench)).toMatchObject([
      { operation: 'add', status: null },
      { operation: 'add', status: 200 },
    ]);
    await bench.disarm();
    await frozen;
  }));
