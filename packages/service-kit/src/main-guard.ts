import { StartError } from './errors.ts';

/** Runs `main`; an error ends the process with the right exit code and one line (a stack only for defects). */
export async function runMain(name: string, main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const known = error instanceof StartError;
    const text = known ? error.message : ((error as Error)?.stack ?? String(error));
    process.stderr.write(`${name}: ${text}\n`);
    process.exit(known ? error.exitCode : 1);
  }
}
