import { expect, onTestFinished, test } from 'vitest';
import { Arena } from './arena.ts';
import { passedPoints } from './points.ts';

test('the points are those that the log names, each once', () => {
  const line = (failpoint: string): string => JSON.stringify({ failpoint, msg: 'passed a failpoint' });
  const log = [line('before a'), 'noise', line('after a'), line('before a')].join('\n');
  expect(passedPoints(log)).toEqual(['before a', 'after a']);
});

test(
  'a plugin that dies half-way through a VM is made good by the next one',
  { timeout: 360_000 },
  async () => {
    const arena = await Arena.open();
    onTestFinished(async () => {
      await arena.close();
      arena.world.remove();
    });
    for (const point of ['after create virtual-machine-interface', 'before delete instance-ip'])
      expect(await arena.tell(point), point).toMatchObject({ died: true });
  },
);
