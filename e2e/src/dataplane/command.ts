import { execFile } from 'node:child_process';

const COMMAND_MS_MAX = 15_000;

/** Daemons of Debian lie where the PATH of a plain user does not look. */
export const TOOL_PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;

/** Runs a program to its end, with `input` on its standard input, and returns what it printed. */
export function command(program: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PATH: TOOL_PATH };
    const child = execFile(program, args, { timeout: COMMAND_MS_MAX, env }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const words = `${program} ${args.join(' ')}: ${stderr.trim() || error.message}`;
      reject(new Error(words, { cause: error }));
    });
    child.stdin?.on('error', () => undefined); // its exit says why it reads no further
    child.stdin?.end(input);
  });
}
