import { rmSync } from 'node:fs';
import { replaceFile } from './atomic-file.ts';
import { StartError } from './errors.ts';

/** One agent of a process that is several. */
export interface ReadyAgent {
  readonly name: string;
  readonly url: string;
  /** What stands before `/admin/...` for this agent. */
  readonly adminUrl?: string | undefined;
  readonly introspectUrl?: string | undefined;
}

/** What a ready file tells: where the process is and what it serves. */
export interface Ready {
  readonly url: string;
  readonly adminUrl?: string;
  readonly pid: number;
  readonly version: string;
  readonly profile?: string;
  readonly agents?: readonly ReadyAgent[];
}

/** Removes what an earlier life left, so that whoever waits for the file waits for this process. */
export function clearReadyFile(path: string | undefined): void {
  if (path !== undefined) rmSync(path, { force: true });
}

/** Announces readiness, atomically. Throws `StartError` FOLDER_UNUSABLE. */
export function writeReadyFile(path: string | undefined, ready: Ready): void {
  if (path === undefined) return;
  try {
    replaceFile(path, `${JSON.stringify(ready)}\n`);
  } catch (error) {
    const { message } = error as Error;
    throw new StartError('FOLDER_UNUSABLE', `Cannot write the ready file ${path}: ${message}`, {
      cause: error,
    });
  }
}
