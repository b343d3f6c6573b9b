import { expect, onTestFinished, test } from 'vitest';
import { Arena } from './arena.ts';
import { missedRequests, passedPoints } from './points.ts';
import { STORIES } from './story.ts';

test('the points are those that the log names, each once', () => {
  const line = (failpoint: string): string => JSON.stringify({ failpoint, msg: 'passed a failpoint' });
  const log = [line('before a'), 'noise', line('after a'), line('before a')].join('\n');
  expect(passedPoints(log)).toEqual(['before a', 'after a']);
});

test('a request is covered when there are points on both sides of it', () => {
  const points = ['before a', 'after a', 'before b', 'after c'];
  expect(missedRequests(points, ['a', 'b', 'c', 'd'])).toEqual(['b', 'c', 'd']);
});

test.for([
  ['vcenter-only', ['after create virtual-machine-interface', 'before delete instance-ip']],
  ['vcenter-as-compute', ['after agent add', 'before agent delete']],
] as const)(
  'mode %s: a plugin that dies half-way through a VM is made good by the next one',
  { timeout: 360_000 },
  async ([mode, points]) => {
    const story = await STORIES[mode]?.();
    if (story === undefined) throw new Error(`there is no story in mode ${mode}`);
    onTestFinished(async () => {
      await story.world.close();
      story.world.remove();
    });
    const arena = await Arena.open(story);
    for (const point of points) expect(await arena.tell(point), point).toMatchObject({ died: true });
  },
);
