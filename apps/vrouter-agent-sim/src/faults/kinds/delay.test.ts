import { waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { OK, onBothServers } from '../../testing/fault-bench.ts';

const TIMES: [object, number, number][] = [
  [{ ms: 500 }, 500, 500],
  [{ minMs: 100, maxMs: 200 }, 100, 200],
  [{ meanMs: 1_000, deviationMs: 10 }, 900, 1_100],
];

test('the request is carried out after the time, in which the agent goes by its own clock', () =>
  onBothServers(async (bench) => {
    await bench.agent.admin('/admin/clock', 'POST', { freeze: true });
    for (const [settings, minMs, maxMs] of TIMES) {
      await bench.arm({ action: { kind: 'delay', ...settings } });
      const answered = bench.add();
      await waitFor(async () => (await pending(bench.agent)) === 1, { what: 'the request to wait' });
      await bench.agent.admin('/admin/clock', 'POST', { advanceMs: minMs - 1 });
      expect(await pending(bench.agent)).toBe(1);
      await bench.agent.admin('/admin/clock', 'POST', { advanceMs: maxMs - minMs + 1 });
      expect(await answered).toEqual(OK);
    }
  }));

test('whoever waits goes on when the rules are taken away', () =>
  onBothServers(async (bench) => {
    await bench.arm({ action: { kind: 'delay', ms: 3_600_000 } });
    const answered = bench.add();
    await waitFor(async () => (await bench.report())[0]?.fired === 1, { what: 'the fault to fire' });
    await bench.disarm();
    expect(await answered).toEqual(OK);
  }));

async function pending(agent: { admin(path: string): Promise<{ body: unknown }> }): Promise<number> {
  return ((await agent.admin('/admin/clock')).body as { pending: number }).pending;
}
