import { KIT_ERRORS, StartError } from './errors.ts';

/**
 * Runs `main`; an error ends the process with the right exit code. A `StartError` is printed with what to do about
 * it, anything else is a defect and printed with its stack. A reader of the output that has gone, such as `head`, is
 * no reason to end.
 */
export async function runMain(name: string, main: () => Promise<void>): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', passOverClosed);
  try {
    await main();
  } catch (error) {
    const known = error instanceof StartError;
    const text = known
      ? `${error.message}\n${KIT_ERRORS[error.code].advice}`
      : ((error as Error)?.stack ?? String(error));
    process.stderr.write(`${name}: ${text}\n`);
    process.exit(known ? error.exitCode : 1);
  }
}

function passOverClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
