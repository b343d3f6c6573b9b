import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TestkitError } from './errors.ts';

const ROOT = new URL('../../../', import.meta.url);

/** The absolute path of `path`, which is relative to the workspace's root; the file must exist. */
export function workspaceFile(path: string): string {
  const absolute = fileURLToPath(new URL(path, ROOT));
  if (!existsSync(absolute)) throw new TestkitError('BAD_ARGUMENT', `The workspace has no file ${path}`);
  return absolute;
}
