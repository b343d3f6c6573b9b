import { runMain } from '@vrouter/service-kit';
import { TestkitError } from '@vrouter/testkit';
import { HELP, parseCommand, type Command } from './command-line.ts';
import { openLabFolder } from './lab-folder.ts';
import { Lab } from './lab.ts';
import { playDemo, type Stage } from './play-demo.ts';
import { paintFor } from './print/paint.ts';
import { whatRunsWhere } from './print/what-runs-where.ts';
import { stayOpen } from './stay-open.ts';
import { aborted, stopSignal } from './stop-signal.ts';

const EXIT_FAILED = 1;

await runMain('lab', async () => {
  const command = parseCommand(process.argv.slice(2));
  if (command.help) say(HELP);
  else process.exitCode = (await openLab(command)) ? 0 : EXIT_FAILED;
});

/** Runs the lab to its end, then leaves nothing behind. Returns whether all went well. */
async function openLab(command: Command): Promise<boolean> {
  const stage: Stage = { say, paint: paintFor(process.stdout), signal: stopSignal() };
  const folder = openLabFolder(command);
  const lab = new Lab(folder.path);
  try {
    await Promise.race([lab.start(), aborted(stage.signal)]);
    if (stage.signal.aborted) return !command.demo;
    for (const line of whatRunsWhere(lab, stage.paint)) say(line);
    if (command.demo) return await playDemo(lab, stage);
    await stayOpen(lab, stage);
    return true;
  } catch (error) {
    // A program that would not run has said why: our own stack adds nothing.
    if (!(error instanceof TestkitError)) throw error;
    process.stderr.write(`lab: ${error.message}\n`);
    return false;
  } finally {
    await lab.close();
    folder.release();
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
