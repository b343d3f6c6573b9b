import { runCommand, say } from '../command/run-command.ts';
import { flagValues, integer, UsageError } from '../command/usage.ts';
import { crashEverywhere, listPoints } from './campaign.ts';
import { STORIES } from './story.ts';

const EXIT_FAILED = 1;
const JOBS = 2;
const HELP = `npm run crash-points -- [flags]
Kills the plugin at every point between two requests of a VM's life, each time that it passes there, and looks what comes of it.
  --mode NAME        ${Object.keys(STORIES).join(', ')} (default: both, one after the other)
  --only TEXT        points whose name contains TEXT, such as "agent add" or "#2"
  --first            only the first passing of each point
  --jobs N           points at a time (default ${JOBS})
  --list             only say which points there are
  --help
`;

await runCommand({
  name: 'crash-points',
  help: HELP,
  parse: () =>
    flagValues(process.argv.slice(2), {
      mode: { type: 'string' },
      only: { type: 'string' },
      first: { type: 'boolean' },
      jobs: { type: 'string' },
      list: { type: 'boolean' },
      help: { type: 'boolean' },
    }),
  run: main,
});

interface Flags {
  readonly mode?: string | undefined;
  readonly only?: string | undefined;
  readonly first?: boolean | undefined;
  readonly jobs?: string | undefined;
  readonly list?: boolean | undefined;
}

async function main(flags: Flags): Promise<number> {
  const { mode, only = '', first = false, jobs = String(JOBS), list = false } = flags;
  const atATime = integer('--jobs', jobs, 1, 32);
  if (mode !== undefined && STORIES[mode] === undefined)
    throw new UsageError(`expected a mode (${Object.keys(STORIES).join(', ')}), got ${mode}`);
  let total = 0;
  for (const [name, open] of Object.entries(STORIES)) {
    if (mode !== undefined && mode !== name) continue;
    const options = { only, first, say: (line: string) => say(`${name}: ${line}`) };
    try {
      if (list) for (const point of await listPoints(open, options)) options.say(point);
      else {
        const { points, crashes } = await crashEverywhere(open, { ...options, jobs: atATime });
        options.say(`${points} points, ${crashes} crashes, all converged`);
        total += crashes;
      }
    } catch (error) {
      say(`FAILED: ${name}: ${error instanceof Error ? error.message : String(error)}`);
      return EXIT_FAILED;
    }
  }
  if (!list) say(`${total} crashes in all`);
  return list || total > 0 ? 0 : EXIT_FAILED;
}
