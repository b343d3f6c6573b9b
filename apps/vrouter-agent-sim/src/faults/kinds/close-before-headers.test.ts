import { expect, test } from 'vitest';
import { onBothServers } from '../../testing/fault-bench.ts';

test('not a byte comes, and nothing is carried out', () =>
  onBothServers(async (bench) => {
    await bench.arm({ action: 'close-before-headers' });
    expect(await bench.addRaw()).toBe('');
    expect(await bench.ids()).toEqual([]);
  }));
