import { expect, onTestFinished, test } from 'vitest';
import { Arena } from './arena.ts';
import { chosenPoints, missedRequests, passedPoints } from './points.ts';
import { STORIES } from './story.ts';

test('the points are those that the log names, in its order', () => {
  const line = (failpoint: string): string => JSON.stringify({ failpoint, msg: 'passed a failpoint' });
  const log = [line('before a#1'), 'noise', line('after a#1'), line('before a#2')].join('\n');
  expect(passedPoints(log)).toEqual(['before a#1', 'after a#1', 'before a#2']);
});

test('a request is covered when there are points on both sides of it', () => {
  const points = ['before a#1', 'after a#1', 'before b#1', 'after c#1'];
  expect(missedRequests(points, ['a', 'b', 'c', 'd'])).toEqual(['b', 'c', 'd']);
});

test.for([
  [
    { only: '', first: false },
    ['before list a#1', 'after list a#1', 'before create a#1', 'before create a#2'],
  ],
  [{ only: '', first: true }, ['before list a#1', 'after list a#1', 'before create a#1']],
  [{ only: 'create', first: false }, ['before create a#1', 'before create a#2']],
  [{ only: '#2', first: false }, ['before create a#2']],
] as const)('of all points, %s chooses some', ([choice, chosen]) => {
  const points = ['before list a#1', 'after list a#1', 'before create a#1', 'before create a#2'];
  expect(chosenPoints(points, choice, () => {})).toEqual(chosen);
});

test('of very many points, those of readings that are repeated are left out, which is said', () => {
  const times = (place: string): string[] => Array.from({ length: 100 }, (_, nth) => `${place}#${nth + 1}`);
  const said: string[] = [];
  const chosen = chosenPoints(
    [...times('before list a'), ...times('before create a')],
    { only: '', first: false },
    (line) => said.push(line),
  );
  expect(chosen).toEqual(['before list a#1', 'before list a#2', ...times('before create a')]);
  expect(said).toEqual(['98 points left out: readings after the first 2 of each kind']);
});

test.for([
  ['vcenter-only', ['after create virtual-machine-interface#2', 'before delete instance-ip#1']],
  ['vcenter-as-compute', ['after agent add#1', 'before agent delete#2']],
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
