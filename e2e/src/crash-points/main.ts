import { flagValues, integer, UsageError } from '../command/usage.ts';
import { crashEverywhere, listPoints } from './campaign.ts';
import { STORIES } from './story.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const JOBS = 2;
const HELP = `npm run crash-points -- [flags]
Kills the plugin at every point between two requests of a VM's creation and deletion, and looks what comes of it.
  --mode NAME        ${Object.keys(STORIES).join(', ')} (default: both, one after the other)
  --only TEXT        points whose name contains TEXT
  --jobs N           points at a time (default ${JOBS})
  --list             only say which points there are
  --help
`;

try {
  const values = flagValues(process.argv.slice(2), {
    mode: { type: 'string' },
    only: { type: 'string' },
    jobs: { type: 'string' },
    list: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (values.help === true) say(HELP);
  else process.exitCode = await main(values);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`crash-points: ${error.message}\n\n${HELP}`);
  process.exitCode = EXIT_USAGE;
}

interface Flags {
  readonly mode?: string | undefined;
  readonly only?: string | undefined;
  readonly jobs?: string | undefined;
  readonly list?: boolean | undefined;
}

async function main({ mode, only = '', jobs = String(JOBS), list = false }: Flags): Promise<number> {
  const atATime = integer('--jobs', jobs, 1, 32);
  if (mode !== undefined && STORIES[mode] === undefined)
    throw new UsageError(`expected a mode (${Object.keys(STORIES).join(', ')}), got ${mode}`);
  let total = 0;
  for (const [name, open] of Object.entries(STORIES)) {
    if (mode !== undefined && mode !== name) continue;
    try {
      if (list) for (const point of await listPoints(open, only)) say(`${name}: ${point}`);
      else {
        const tell = (line: string): void => say(`${name}: ${line}`);
        const points = await crashEverywhere(open, { only, jobs: atATime, say: tell });
        say(`${name}: ${points} points, ${points} crashes, all converged`);
        total += points;
      }
    } catch (error) {
      say(`FAILED: ${name}: ${error instanceof Error ? error.message : String(error)}`);
      return EXIT_FAILED;
    }
  }
  if (!list) say(`${total} points in all`);
  return list || total > 0 ? 0 : EXIT_FAILED;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
