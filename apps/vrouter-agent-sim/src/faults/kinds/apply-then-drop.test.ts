import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { A, onBothServers } from '../../testing/fault-bench.ts';

test('the port is there, and saved, but not a byte of an answer comes', () =>
  onBothServers(async (bench) => {
    await bench.arm({ action: 'apply-then-drop' });
    expect(await bench.addRaw()).toBe('');
    expect(await bench.ids()).toEqual([A.id]);
    expect(existsSync(join(bench.agent.portsDir, A.id))).toBe(true);
  }));
