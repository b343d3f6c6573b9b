import { randomInt } from 'node:crypto';
import { runCommand, say } from '../command/run-command.ts';
import { HELP, parseCommand, repeatCommand, type Command } from './command-line.ts';
import { fuzz } from './fuzz.ts';
import { Target } from './target.ts';

const EXIT_FAILED = 1;
const SEED_MAX = 2 ** 31;
const MINUTE_MS = 60_000;
const SAY_EVERY_MS = 30_000;

await runCommand({
  name: 'fuzz',
  help: HELP,
  parse: () => parseCommand(process.argv.slice(2), () => randomInt(SEED_MAX)),
  run: main,
});

async function main({ until, seed, profile }: Command): Promise<number> {
  const startMs = performance.now();
  const limit = 'minutes' in until ? `${until.minutes} minutes` : `${until.attacks} attacks`;
  say(`${limit} of random bytes, JSON, framing and requests against profile ${profile}, seed ${seed}`);
  const target = await Target.start(profile);
  let saidMs = startMs;
  const { attackCount, finding } = await fuzz(target, {
    seed,
    isEnough: () => 'minutes' in until && performance.now() - startMs >= until.minutes * MINUTE_MS,
    ...('attacks' in until && { attacksMax: until.attacks }),
    onChecked: (count) => {
      if (performance.now() - saidMs < SAY_EVERY_MS) return;
      saidMs = performance.now();
      say(`${count} attacks: up, table equals folder, no error in the log`);
    },
  });
  const problem = finding ?? (await problemOfStop(target));
  const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
  if (problem === undefined) {
    say(`PASSED: ${attackCount} attacks in ${seconds} s; up, table equals folder, no error in the log`);
    return 0;
  }
  const folder = finding === undefined ? undefined : await target.stop(true);
  say(`FAILED within ${attackCount} attacks: ${problem}`);
  if (folder !== undefined) say(`the agent's folder: ${folder}`);
  say(`again: ${repeatCommand({ seed, profile }, attackCount)}`);
  return EXIT_FAILED;
}

async function problemOfStop(target: Target): Promise<string | undefined> {
  try {
    await target.stop(false);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
