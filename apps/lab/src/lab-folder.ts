import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolders, StartError } from '@vrouter/service-kit';
import type { Command } from './command-line.ts';

export interface LabFolder {
  readonly path: string;
  readonly isTemporary: boolean;
  /** Removes a temporary folder; one that the user named stays. */
  release(): void;
}

/** The folder of the lab. Throws `StartError` when the named one is no use. */
export function openLabFolder({ stateDir, demo }: Pick<Command, 'stateDir' | 'demo'>): LabFolder {
  if (stateDir === undefined) return temporary();
  let names: string[];
  try {
    makeFolders(stateDir);
    names = readdirSync(stateDir);
  } catch (error) {
    throw new StartError('FOLDER_UNUSABLE', `--state-dir: ${(error as Error).message}`, { cause: error });
  }
  if (demo && names.length > 0) {
    // The story knows which VMs there are, and that no agent has a port yet.
    throw new StartError(
      'BAD_USAGE',
      `--demo: expected an empty folder, got ${stateDir} with ${names[0]} in it.`,
    );
  }
  return { path: stateDir, isTemporary: false, release: () => undefined };
}

function temporary(): LabFolder {
  const path = mkdtempSync(join(tmpdir(), 'vrouter-lab-'));
  return {
    path,
    isTemporary: true,
    release: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
