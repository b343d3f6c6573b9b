import { manualClock, waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { A, OK, onBench } from '../../testing/fault-bench.ts';

test('a change waits for the disk, in real time, whatever the clock of the agent does', async () => {
  const clock = manualClock(1_000);
  await onBench(
    async (bench) => {
      await bench.agent.admin('/admin/clock', 'POST', { freeze: true });
      await bench.arm({ match: { call: 'write' }, action: { kind: 'slow-disk', ms: 5_000 } });
      const answered = bench.add(A);
      await waitFor(() => clock.pendingCount() === 1, { what: 'the disk to be waited for' });
      await clock.advance(4_999);
      expect(await bench.ids()).toEqual([]);
      await clock.advance(1);
      expect(await answered).toEqual(OK);
    },
    { clock, durability: 'file' },
  );
});
