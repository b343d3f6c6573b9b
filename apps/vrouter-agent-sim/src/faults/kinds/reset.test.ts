import { expect, test } from 'vitest';
import { A, onBothServers } from '../../testing/fault-bench.ts';

test('the connection is reset, and nothing is carried out', () =>
  onBothServers(async (bench) => {
    await bench.arm({ action: 'reset' });
    const error: unknown = await bench.add(A).catch((reason: unknown) => reason);
    expect((error as { cause?: { code?: string } }).cause?.code).toBe('ECONNRESET');
    expect(await bench.ids()).toEqual([]);
  }));
