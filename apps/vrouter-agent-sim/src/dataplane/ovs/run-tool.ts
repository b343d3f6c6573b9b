import { execFile } from 'node:child_process';

const TOOL_MS_MAX = 5_000;
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

/** Runs one of Open vSwitch's tools to its end, and returns what it printed. */
export type RunTool = (tool: string, args: readonly string[]) => Promise<string>;

export const runTool: RunTool = (tool, args) =>
  new Promise((resolve, reject) => {
    const limits = { timeout: TOOL_MS_MAX, killSignal: 'SIGKILL', maxBuffer: OUTPUT_BYTES_MAX } as const;
    execFile(tool, args, limits, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      reject(new Error(explained(tool, error, stderr), { cause: error }));
    });
  });

function explained(
  tool: string,
  error: Error & { code?: string | number | null; killed?: boolean },
  stderr: string,
): string {
  if (error.code === 'ENOENT')
    return `${tool} is not installed: it is in Debian's package openvswitch-switch`;
  if (error.killed === true) return `${tool} took longer than ${TOOL_MS_MAX} ms`;
  return `${tool}: ${stderr.trim().split('\n').at(-1) ?? error.message}`;
}
