import { existsSync } from 'node:fs';
import { startProcess, temporaryFolder, waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { leftBehind } from './left-behind.ts';

test('a process is found by its folder, until it ends', async () => {
  const folder = temporaryFolder();
  expect(leftBehind(folder.path)).toEqual([]);
  const code = 'setInterval(() => undefined, 50)';
  const child = await startProcess({
    name: 'child',
    command: process.execPath,
    args: ['-e', code, folder.path],
  });
  // Elsewhere than on Linux nobody can tell.
  const expected = existsSync('/proc') ? 1 : 0;
  await waitFor(() => leftBehind(folder.path).length === expected, { what: 'the process to be found' });
  await child.kill();
  expect(leftBehind(folder.path)).toEqual([]);
  folder.remove();
});
