import { expect, test } from 'vitest';
import { startLab } from './testing/lab-process.ts';

const STEPS = [
  'Start',
  'Add',
  'Agent down',
  'Add and delete while it is down',
  'Agent up',
  'Converged',
  'Plugin down',
  'Plugin restart',
  'Sweep',
];

test('the demo comes true step by step, and leaves no process and no folder', async () => {
  const { process, folder, processes } = await startLab('--demo');
  const exit = await process.exited;
  const output = process.stdout();
  expect(exit, `${output}\n${process.stderr()}`).toEqual({ code: 0, signal: null });
  expect([...output.matchAll(/^\d\/\d (.*)$/gm)].map(([, title]) => title)).toEqual(STEPS);
  expect(output).toMatch(/^ *> +agent-1 +web-3 +10\.0\.1\.13 +confirmed +enabled$/m);
  expect(output).toMatch(/Every step came true, in \d+\.\d s\.\n$/);
  expect(output).not.toContain('\u001B');
  expect(output).not.toContain('✗');
  expect(folder()).toBeUndefined();
  expect(await processes()).toEqual([]);
}, 120_000);

test('a demo that is stopped in the middle has not come true, and leaves nothing', async () => {
  const lab = await startLab('--demo');
  await lab.waitForOutput(/1\/9 Start/);
  expect((await lab.processes()).length).toBeGreaterThanOrEqual(3);
  lab.process.signal('SIGINT');
  expect(await lab.process.exited).toEqual({ code: 1, signal: null });
  expect(lab.process.stdout()).toMatch(/Stopped in the middle of the story\.\n$/);
  expect(lab.folder()).toBeUndefined();
  expect(await lab.processes()).toEqual([]);
}, 120_000);
