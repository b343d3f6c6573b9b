import { expect, test } from 'vitest';
import { A, onBothServers } from '../../testing/fault-bench.ts';

test('only the beginning of the answer comes, never the whole', () =>
  onBothServers(async (bench) => {
    for (const [settings, expected] of [
      [{ bytes: 12 }, /^HTTP\/1\.1 200$/],
      [{}, /^HTTP\/1\.1 200 OK\r\n.*$/s],
      [{ bytes: 100_000 }, /\{$/],
      [{ bytes: 0 }, /^$/],
    ] as const) {
      await bench.arm({ action: { kind: 'truncate', ...settings } });
      const text = await bench.addRaw();
      expect(text).toMatch(expected);
      expect(text).not.toContain('{}');
    }
    expect(await bench.ids()).toEqual([A.id]);
  }));
