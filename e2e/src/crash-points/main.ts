import { saveEvidence } from '../checks/evidence.ts';
import { flagValues, UsageError } from '../command/usage.ts';
import { Arena } from './arena.ts';
import { passedPoints } from './points.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const HELP = `npm run crash-points -- [flags]
Kills the plugin at every point between two requests of a VM's life, and looks what comes of it.
  --only TEXT        points whose name contains TEXT
  --list             only say which points there are
  --help
`;

try {
  const options = { only: { type: 'string' }, list: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { only = '', list = false, help = false } = flagValues(process.argv.slice(2), options);
  if (help) say(HELP);
  else process.exitCode = await main(only, list);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`crash-points: ${error.message}\n\n${HELP}`);
  process.exitCode = EXIT_USAGE;
}

async function main(only: string, list: boolean): Promise<number> {
  const arena = await Arena.open();
  let failure: string | undefined;
  try {
    const all = passedPoints((await arena.tell('trace')).log);
    const points = all.filter((point) => point.includes(only));
    if (list) for (const point of points) say(point);
    else failure = await crashAtEach(arena, points);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  if (failure !== undefined) await saveEvidence(arena.world, failure);
  await arena.close();
  if (failure === undefined) {
    arena.world.remove();
    return 0;
  }
  say(`FAILED: ${failure}\nlogs, requests and states: ${arena.world.folder}`);
  return EXIT_FAILED;
}

/** What went wrong, if anything did. */
async function crashAtEach(arena: Arena, points: readonly string[]): Promise<string | undefined> {
  const missed: string[] = [];
  for (const point of points) {
    try {
      const { died } = await arena.tell(point);
      if (!died) missed.push(point);
      say(`${died ? 'converged' : 'not met  '} ${point}`);
    } catch (error) {
      return `${point}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  say(`${points.length} points, ${points.length - missed.length} crashes, all converged`);
  return missed.length === 0 ? undefined : `points that were passed once and not again: ${missed.join(', ')}`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
