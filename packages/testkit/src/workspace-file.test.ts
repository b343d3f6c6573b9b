import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { expect, test } from 'vitest';
import { workspaceFile } from './workspace-file.ts';

test('finds a file of the workspace', () => {
  const path = workspaceFile('packages/testkit/package.json');
  expect(isAbsolute(path) && existsSync(path)).toBe(true);
});

test('a wrong path is an error at once, not a process that fails later', () => {
  expect(() => workspaceFile('apps/none/main.ts')).toThrow('The workspace has no file apps/none/main.ts');
});
