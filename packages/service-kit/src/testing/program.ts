import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, workspaceFile, type ManagedProcess } from '@vrouter/testkit';

const KIT = workspaceFile('packages/service-kit/src/index.ts');

/** Starts a program with `source` as its body and all of this package imported as `kit`. */
export function startProgram(
  folder: string,
  source: string,
  nodeFlags: readonly string[] = [],
): Promise<ManagedProcess> {
  const file = join(folder, `program-${process.hrtime.bigint()}.mjs`);
  writeFileSync(file, `import * as kit from ${JSON.stringify(KIT)};\n${source}\n`);
  return startProcess({ name: 'program', command: process.execPath, args: [...nodeFlags, file] });
}

/** For programs that must not end by themselves. */
export const STAY = 'setInterval(() => {}, 1000);';
