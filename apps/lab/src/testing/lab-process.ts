import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startProcess, temporaryFolder, waitFor, workspaceFile, type ManagedProcess } from '@vrouter/testkit';
import { onTestFinished } from 'vitest';

const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;
const OUTPUT_WAIT_MS_MAX = 30_000;
const COMMAND_MS_MAX = 60_000;

export interface LabProcess {
  readonly process: ManagedProcess;
  /** Everything of the lab is in here, and only of this lab. */
  readonly scratch: string;
  /** The lab's own folder, once there is one. */
  folder(): string | undefined;
  /** Waits until the output matches. */
  waitForOutput(pattern: RegExp): Promise<RegExpExecArray>;
  /** Command lines of all processes that have to do with this lab. */
  processes(): Promise<string[]>;
}

/** Starts the lab's command, as `npm start` would, with a folder of its own for temporary files. */
export async function startLab(...args: readonly string[]): Promise<LabProcess> {
  const temporary = temporaryFolder();
  const process = await startProcess({
    name: 'lab',
    file: workspaceFile('apps/lab/src/main.ts'),
    args,
    env: { TMPDIR: temporary.path, FORCE_COLOR: undefined },
  });
  onTestFinished(async () => {
    await process.kill();
    temporary.remove();
  });
  return {
    process,
    scratch: temporary.path,
    folder() {
      const name = readdirSync(temporary.path).find((entry) => entry.startsWith('vrouter-lab-'));
      return name === undefined ? undefined : join(temporary.path, name);
    },
    async waitForOutput(pattern) {
      const matched = (): RegExpExecArray | null => pattern.exec(process.stdout());
      const found = await Promise.race([
        waitFor(matched, { what: `the lab to print ${pattern}`, timeoutMs: OUTPUT_WAIT_MS_MAX }),
        process.exited.then(matched),
      ]);
      if (found !== null) return found;
      throw new Error(`The lab ended without ${pattern}:\n${process.stdout()}\n${process.stderr()}`);
    },
    async processes() {
      const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'args='], {
        maxBuffer: OUTPUT_BYTES_MAX,
      });
      return stdout.split('\n').filter((line) => line.includes(temporary.path));
    },
  };
}

/** Runs a command as a user would paste it; returns what it prints. */
export async function paste(command: string): Promise<string> {
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command], { timeout: COMMAND_MS_MAX });
  return stdout;
}
