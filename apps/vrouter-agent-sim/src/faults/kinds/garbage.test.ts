import { expect, test } from 'vitest';
import { A, onBothServers } from '../../testing/fault-bench.ts';

test('bytes come that are no answer, the same for the same seed, and the port is there', () =>
  onBothServers(async (bench) => {
    const texts: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      await bench.arm({ action: { kind: 'garbage', bytes: 200 } });
      texts.push(await bench.addRaw());
    }
    expect(texts[0]).not.toContain('HTTP');
    expect(texts[0]?.length).toBeGreaterThan(100);
    expect(texts[1]).toBe(texts[0]);
    expect(await bench.ids()).toEqual([A.id]);
  }));
